/// Number format of a model's weights, or of its KV cache.
public enum Precision: String, CaseIterable, Hashable, Sendable {
  /// 16 bits: bfloat16, or float16 on accelerators that lack bfloat16.
  case bf16
  /// 8-bit float weights and activations.
  case fp8
  /// Microscaling 4-bit float: 4 bits a value and one 8-bit scale for 32 values. Expert weights
  /// only; attention and embeddings stay at 16 bits. Source: OCP MX specification 1.0, 2023-09.
  case mxfp4

  /// 4-bit float weights and activations with an 8-bit scale for 16 values. Source: NVIDIA Blackwell
  /// architecture brief, 2024-03.
  case nvfp4
  /// 4-bit integer weights with a 16-bit scale for 128 values, multiplied at 16 bits (AWQ, GPTQ).
  case w4a16

  /// Bytes one parameter takes, scales included.
  public var bytesPerParameter: Double {
    switch self {
    case .bf16: 2
    case .fp8: 1
    case .mxfp4: 0.53125
    case .nvfp4: 0.5625
    case .w4a16: 0.515625
    }
  }

  /// Format of the matrices that are not experts when a model is served at this precision.
  public var dense: Precision { self == .mxfp4 ? .bf16 : self }
}
