/// Why a model cannot be served the way a deployment asks for. Every message names the fix.
public enum EngineDeploymentError: Error, Hashable, Sendable {
  /// The heads do not divide evenly over the accelerators.
  case tensorParallelDoesNotDivideHeads(
    model: String, degree: Int, heads: Int, kvHeads: Int, valid: [Int])
  /// Nothing is known about an all-reduce over that many accelerators.
  case noAllReduce(interconnect: String, degree: Int, known: [Int])
  /// The accelerator has no matrix kernel at that precision.
  case precisionNotSupported(accelerator: String, precision: Precision, supported: [Precision])
  /// The accelerator has no decode attention kernel for that KV format.
  case kvPrecisionNotSupported(accelerator: String, precision: Precision, supported: [Precision])
  /// Nothing is known about mixtures of experts at that precision on the accelerator.
  case noExpertKernel(accelerator: String, precision: Precision, supported: [Precision])
  /// The precision is one of experts only, and the model is dense.
  case precisionIsForExpertsOnly(model: String, precision: Precision)
  /// Weights, reserve and the smallest useful KV cache exceed the memory of one accelerator.
  case doesNotFit(
    model: String, accelerator: String, precision: Precision, tensorParallel: Int,
    neededBytes: Double, usableBytes: Double, smallestTensorParallel: Int?)
  /// A setting is out of range.
  case settingOutOfRange(setting: String, value: String, expected: String)
  /// The scheduler's settings contradict each other.
  case cannotSchedule(String)
}

extension EngineDeploymentError: CustomStringConvertible {
  /// What is wrong, where, and what to do about it.
  public var description: String {
    switch self {
    case .tensorParallelDoesNotDivideHeads(let model, let degree, let heads, let kvHeads, let valid):
      return "\(model) has \(heads) heads and \(kvHeads) KV heads, which do not divide over "
        + "tensor_parallel \(degree); use \(list(valid))"
    case .noAllReduce(let interconnect, let degree, let known):
      return "interconnect \(interconnect) has no all-reduce over \(degree) accelerators; "
        + (known.isEmpty
          ? "use tensor_parallel 1" : "use tensor_parallel \(list([1] + known)), or add a row")
    case .precisionNotSupported(let accelerator, let precision, let supported):
      return "\(accelerator) has no \(precision.rawValue) matrix kernel; use "
        + list(supported.map(\.rawValue))
    case .kvPrecisionNotSupported(let accelerator, let precision, let supported):
      return "\(accelerator) has no attention kernel for a \(precision.rawValue) KV cache; use "
        + list(supported.map(\.rawValue))
    case .noExpertKernel(let accelerator, let precision, let supported):
      return "no \(precision.rawValue) mixture-of-experts kernel is known on \(accelerator); "
        + (supported.isEmpty
          ? "choose another accelerator or add a row"
          : "use \(list(supported.map(\.rawValue))), or add a row")
    case .precisionIsForExpertsOnly(let model, let precision):
      return "\(precision.rawValue) is a format for expert weights and \(model) has no experts; "
        + "use bf16 or fp8"
    case .doesNotFit(
      let model, let accelerator, let precision, let degree, let needed, let usable, let smallest):
      return "\(model) at \(precision.rawValue) needs \(gigabytes(needed)) GB on each of "
        + "\(degree) \(accelerator), which has \(gigabytes(usable)) GB usable; "
        + (smallest.map { "use tensor_parallel \($0) or more" }
          ?? "no tensor_parallel degree of this node fits: choose a larger accelerator or a "
          + "smaller precision")
    case .settingOutOfRange(let setting, let value, let expected):
      return "\(setting) is \(value); expected \(expected)"
    case .cannotSchedule(let problem): return problem
    }
  }

  private func list(_ values: [some CustomStringConvertible]) -> String {
    values.map(\.description).joined(separator: ", ")
  }

  /// Bytes in units of 10^9 with one decimal, half up.
  private func gigabytes(_ bytes: Double) -> String {
    let tenths = Int((bytes / 1e8).rounded(.toNearestOrAwayFromZero))
    return "\(tenths / 10).\(tenths % 10)"
  }
}
