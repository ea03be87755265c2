/// Colours by number. The hues are those of Okabe and Ito ("Color Universal Design", 2008), darkened on
/// white and lightened on black until each stands out from its ground by at least 3 to 1; the style sheet
/// holds them as `--c0` to `--c6`, and `--c7` for what is put together.
enum Palette {
  /// Colours for things that are told apart.
  static let count = 7

  /// The colour of what is put together.
  static let others = 7
}
