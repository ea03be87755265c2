/// The tables of a catalog and their columns.
enum CatalogTable: String, CaseIterable {
  case accelerators
  case decodeAttentionKernels = "decode_attention_kernels"
  case engines
  case expertKernels = "expert_kernels"
  case interconnects
  case matrixKernels = "matrix_kernels"
  case mixedPenalties = "mixed_penalties"
  case models
  case origins
  case regions
  case roundTripModel = "round_trip_model"
  case roundTrips = "round_trips"

  var fileName: String { rawValue + ".csv" }

  var columns: [String] {
    let facts =
      switch self {
      case .accelerators:
        [
          "name", "aliases", "memory_bytes", "memory_bytes_per_second",
          "prefill_attention_floor_us", "prefill_attention_us_per_token",
          "prefill_attention_efficiency", "elementwise_efficiency", "interconnect",
          "default_max_batched_tokens", "default_max_sequences", "evidence",
        ]
      case .decodeAttentionKernels:
        [
          "accelerator", "head_dimension", "kv_precision", "floor_us", "per_sequence_us",
          "memory_efficiency", "evidence",
        ]
      case .engines: ["name", "aliases", "per_step_us", "per_sequence_us", "per_layer_us"]
      case .expertKernels:
        [
          "accelerator", "precision", "launch_us", "memory_efficiency", "per_token_us",
          "per_token_unsharded_us", "reference_flops_per_token", "compute_efficiency", "evidence",
        ]
      case .interconnects:
        ["name", "tensor_parallel", "floor_us", "bytes_per_second", "evidence"]
      case .matrixKernels:
        [
          "accelerator", "precision", "peak_flops_per_second", "launch_us", "memory_efficiency",
          "small_batch_efficiency", "large_batch_efficiency", "evidence",
        ]
      case .mixedPenalties: ["accelerator", "group_size", "decodes", "factor"]
      case .models:
        [
          "name", "aliases", "layers", "hidden_size", "feed_forward_size", "heads", "kv_heads",
          "head_dimension", "vocabulary_size", "experts", "experts_per_token",
          "default_precision", "full_attention_fraction", "context_tokens", "ties_embeddings",
        ]
      case .origins:
        ["name", "aliases", "city", "country", "latitude", "longitude", "utc_offset_hours"]
      case .regions:
        [
          "cloud", "name", "city", "country", "latitude", "longitude", "geography", "data_zone",
        ]
      case .roundTripModel: ["parameter", "value"]
      case .roundTrips: ["cloud_a", "region_a", "cloud_b", "region_b", "round_trip_ms"]
      }
    return facts + ["source", "date"]
  }

  /// Reads this table from `files` and checks that every row has a source and a date.
  func rows(in files: CatalogFiles) throws(CatalogError) -> [TableText.Row] {
    guard let text = files.text(fileName) else {
      throw CatalogError(file: fileName, problem: "the table is missing")
    }
    let rows = try TableText(file: fileName, text: text, columns: columns).rows
    for row in rows { try row.checkSource() }
    return rows
  }
}
