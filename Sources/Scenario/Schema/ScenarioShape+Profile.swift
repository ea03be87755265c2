/// An engine as its own logs say it is.
extension ScenarioShape {
  static let profile = Field(
    "profile", .text,
    "Profile of the engine that plimsoll calibrate wrote, beside the scenario or a path, in place of "
      + "the accelerator's step times")
}
