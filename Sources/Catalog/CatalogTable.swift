/// The tables of a catalog and their columns.
enum CatalogTable: String, CaseIterable {
  case accelerators
  case adapterCosts = "adapter_costs"
  case coldStarts = "cold_starts"
  case decodeAttentionKernels = "decode_attention_kernels"
  case defaultQuotas = "default_quotas"
  case deploymentTypes = "deployment_types"
  case drafters
  case engineVersions = "engine_versions"
  case engines
  case expertKernels = "expert_kernels"
  case firstParty = "first_party"
  case gpuPrices = "gpu_prices"
  case gridCarbon = "grid_carbon"
  case instances
  case interconnects
  case interruptionBands = "interruption_bands"
  case managedModels = "managed_models"
  case matrixKernels = "matrix_kernels"
  case mixedPenalties = "mixed_penalties"
  case models
  case origins
  case power
  case prefillAttentionKernels = "prefill_attention_kernels"
  case provisionedModels = "provisioned_models"
  case purchaseDiscounts = "purchase_discounts"
  case regions
  case roundTripModel = "round_trip_model"
  case roundTrips = "round_trips"
  case spotOffers = "spot_offers"
  case spotTerms = "spot_terms"
  case tokenPrices = "token_prices"
  case transferPrices = "transfer_prices"
  case unitReservations = "unit_reservations"

  var fileName: String { rawValue + ".csv" }

  var columns: [String] {
    let facts =
      switch self {
      case .accelerators:
        [
          "name", "aliases", "memory_bytes", "memory_bytes_per_second",
          "elementwise_efficiency", "interconnect", "default_max_batched_tokens",
          "default_max_sequences", "evidence",
        ]
      case .adapterCosts: ["parameter", "value", "evidence"]
      case .coldStarts: ["cloud", "stage", "least_s", "greatest_s"]
      case .decodeAttentionKernels:
        [
          "accelerator", "head_dimension", "kv_precision", "floor_us", "us_per_sequence_head",
          "memory_efficiency", "evidence",
        ]
      case .defaultQuotas:
        [
          "cloud", "model", "deployment_type", "tier", "tokens_per_minute",
          "output_tokens_per_minute", "requests_per_minute", "request_window_seconds",
        ]
      case .deploymentTypes: ["cloud", "name", "aliases", "vendor_name", "processing", "kind"]
      case .engines:
        [
          "name", "aliases", "per_step_us", "per_sequence_us", "per_layer_us", "prefill_step_us",
          "prefill_layer_us", "expert_layer_us", "expert_token_us", "front_end_us",
          "front_end_token_us", "largest_graph", "mixes_prefill", "step_error_low",
          "step_error_high",
        ]
      case .drafters:
        [
          "method", "layers", "layer_kind", "vocabulary", "model", "cache", "per_draft_us",
          "per_step_us", "per_sequence_us", "evidence",
        ]
      case .engineVersions:
        [
          "engine", "version", "reserve_whole_prompt", "memory_utilization", "watermark",
          "prefill_first", "max_sequences",
        ]
      case .expertKernels:
        [
          "accelerator", "precision", "launch_us", "memory_efficiency", "per_token_us",
          "per_token_unsharded_us", "reference_flops_per_token", "compute_efficiency",
          "imbalance_per_doubling", "evidence",
        ]
      case .firstParty: ["cloud", "provider"]
      case .gpuPrices: ["cloud", "region", "instance", "purchase", "usd_per_hour"]
      case .gridCarbon: ["cloud", "region", "grams_per_kwh", "power_usage_effectiveness"]
      case .instances: ["cloud", "name", "accelerator", "accelerators"]
      case .interconnects:
        ["name", "tensor_parallel", "floor_us", "bytes_per_second", "evidence"]
      case .interruptionBands: ["cloud", "band", "least_share", "greatest_share"]
      case .managedModels:
        [
          "name", "aliases", "provider", "context_tokens", "max_output_tokens", "quality",
          "idle_ttft_ms", "idle_tokens_per_second", "full_ttft_ms", "full_tokens_per_second",
          "prefill_ms_per_1k_tokens", "output_burndown",
        ]
      case .matrixKernels:
        [
          "accelerator", "precision", "peak_flops_per_second", "launch_us", "memory_efficiency",
          "small_batch_efficiency", "large_batch_efficiency", "ps_per_element", "evidence",
        ]
      case .mixedPenalties: ["accelerator", "group_size", "decodes", "factor"]
      case .models:
        [
          "name", "aliases", "layers", "hidden_size", "feed_forward_size", "heads", "kv_heads",
          "head_dimension", "vocabulary_size", "experts", "experts_per_token",
          "default_precision", "full_attention_fraction", "sliding_window_tokens", "routing_skew",
          "shared_expert_size", "dense_layers", "dense_feed_forward_size", "latent_rank",
          "latent_rope_dimension", "latent_query_rank", "latent_value_dimension",
          "context_tokens", "ties_embeddings",
        ]
      case .origins:
        ["name", "aliases", "city", "country", "latitude", "longitude", "utc_offset_hours"]
      case .power:
        [
          "accelerator", "idle_watts", "active_watts", "maximum_watts", "half_batch",
          "server_factor",
        ]
      case .prefillAttentionKernels:
        [
          "accelerator", "head_dimension", "floor_us", "us_per_token_head", "efficiency",
          "half_efficiency_tokens", "evidence",
        ]
      case .purchaseDiscounts: ["cloud", "purchase", "share_of_on_demand"]
      case .provisionedModels:
        [
          "cloud", "model", "unit", "input_tokens_per_minute_per_unit", "output_ratio",
          "global_minimum_units", "global_increment_units", "regional_minimum_units",
          "regional_increment_units", "latency_target_tokens_per_second",
          "global_usd_per_unit_hour", "data_zone_usd_per_unit_hour", "regional_usd_per_unit_hour",
        ]
      case .regions:
        [
          "cloud", "name", "city", "country", "latitude", "longitude", "geography", "data_zone",
        ]
      case .roundTripModel: ["parameter", "value"]
      case .roundTrips: ["cloud_a", "region_a", "cloud_b", "region_b", "round_trip_ms"]
      case .spotOffers:
        ["cloud", "region", "instance", "share_of_on_demand", "interruption_band"]
      case .spotTerms: ["cloud", "notice_s"]
      case .transferPrices: ["cloud", "from", "to", "usd_per_gigabyte"]
      case .unitReservations: ["cloud", "processing", "term_months", "usd_per_unit_month"]
      case .tokenPrices:
        [
          "cloud", "model", "tier", "input_usd_per_million", "cached_usd_per_million",
          "cache_write_usd_per_million", "output_usd_per_million",
          "long_context_threshold_tokens", "long_input_usd_per_million",
          "long_output_usd_per_million", "regional_uplift",
        ]
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
