/// Colours by number. They began as the hues of Okabe and Ito ("Color Universal Design", 2008) and were moved
/// until each stands out from its ground by at least 3 to 1 and any two are at least 25 apart (CIE 1976), also
/// as people without red, green or blue cones see them (Machado, Oliveira and Fernandes, 2009);
/// `Scripts/report-page-check` measures both. The style sheet holds them as `--c0` to `--c6`, and `--c7` for
/// what is put together.
enum Palette {
  /// Colours for things that are told apart.
  static let count = 7

  /// The colour of what is put together.
  static let others = 7
}
