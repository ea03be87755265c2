/// The version of the program, as in manifests: semantic versioning, docs/compatibility.md.
enum Version {
  static let current = "1.0.0"
}
