import ServingEngine

/// From the rows of the accelerators and their kernels to the types of the engine.
extension Catalog {
  static func readAccelerators(
    _ files: CatalogFiles, interconnects: [Interconnect]
  ) throws(CatalogError) -> [Accelerator] {
    let rows = try CatalogTable.accelerators.rows(in: files)
    var result: [Accelerator] = []
    for row in rows {
      let interconnect = try row.required("interconnect")
      guard interconnects.contains(where: { $0.name == interconnect }) else {
        throw row.error(
          "interconnect is '\(interconnect)'; expected one of "
            + interconnects.map(\.name).joined(separator: ", "))
      }
      let tokens = try row.integer("default_max_batched_tokens", in: 1...1_000_000)
      result.append(
        Accelerator(
          name: try row.required("name"), aliases: row.names("aliases"),
          memoryBytes: try row.number("memory_bytes", in: anyPositive),
          memoryBytesPerSecond: try row.number("memory_bytes_per_second", in: anyPositive),
          matrixKernels: [], decodeAttentionKernels: [], prefillAttentionKernels: [],
          elementwiseEfficiency: try row.number("elementwise_efficiency", in: share),
          defaultInterconnect: interconnect, defaultMaxBatchedTokens: tokens,
          defaultMaxSequences: try row.integer("default_max_sequences", in: 1...tokens),
          evidence: try row.choice("evidence")))
    }
    try checkUnique(rows, names: result.map { [$0.name] + $0.aliases })
    try addMatrixKernels(files, to: &result)
    try addDecodeAttentionKernels(files, to: &result)
    try addPrefillAttentionKernels(files, to: &result)
    try addExpertKernels(files, to: &result)
    try addMixedPenalties(files, to: &result)
    for (row, accelerator) in zip(rows, result) {
      guard accelerator.matrixKernel(.bf16) != nil else {
        throw row.error("\(accelerator.name) has no bf16 row in matrix_kernels.csv")
      }
      guard accelerator.decodeAttentionKernels.contains(where: { $0.kvPrecision == .bf16 }) else {
        throw row.error("\(accelerator.name) has no bf16 row in decode_attention_kernels.csv")
      }
      guard !accelerator.prefillAttentionKernels.isEmpty else {
        throw row.error("\(accelerator.name) has no row in prefill_attention_kernels.csv")
      }
    }
    return result
  }

  private static func addMatrixKernels(
    _ files: CatalogFiles, to accelerators: inout [Accelerator]
  ) throws(CatalogError) {
    for row in try CatalogTable.matrixKernels.rows(in: files) {
      let index = try acceleratorIndex(row, accelerators)
      let kernel = MatrixKernel(
        precision: try row.choice("precision"),
        peakFLOPsPerSecond: try row.number("peak_flops_per_second", in: anyPositive),
        launchMicroseconds: try row.number("launch_us", in: microseconds),
        memoryEfficiency: try row.number("memory_efficiency", in: share),
        smallBatchEfficiency: try row.number("small_batch_efficiency", in: share),
        largeBatchEfficiency: try row.number("large_batch_efficiency", in: share),
        perElementPicoseconds: try row.number("ps_per_element", in: 0...1e6),
        evidence: try row.choice("evidence"))
      guard accelerators[index].matrixKernel(kernel.precision) == nil else {
        throw row.error("a second \(kernel.precision.rawValue) row for the same accelerator")
      }
      accelerators[index].matrixKernels.append(kernel)
    }
  }

  private static func addDecodeAttentionKernels(
    _ files: CatalogFiles, to accelerators: inout [Accelerator]
  ) throws(CatalogError) {
    for row in try CatalogTable.decodeAttentionKernels.rows(in: files) {
      let index = try acceleratorIndex(row, accelerators)
      let kernel = DecodeAttentionKernel(
        headDimension: try row.integer("head_dimension", in: 1...4096),
        kvPrecision: try row.choice("kv_precision"),
        floorMicroseconds: try row.number("floor_us", in: microseconds),
        perSequenceMicroseconds: try row.number("us_per_sequence_head", in: microseconds),
        memoryEfficiency: try row.number("memory_efficiency", in: share),
        evidence: try row.choice("evidence"))
      let known = accelerators[index].decodeAttentionKernels
      if known.contains(where: {
        $0.headDimension == kernel.headDimension && $0.kvPrecision == kernel.kvPrecision
      }) {
        throw row.error("a second row for the same accelerator, head dimension and KV precision")
      }
      accelerators[index].decodeAttentionKernels.append(kernel)
    }
  }

  private static func addPrefillAttentionKernels(
    _ files: CatalogFiles, to accelerators: inout [Accelerator]
  ) throws(CatalogError) {
    for row in try CatalogTable.prefillAttentionKernels.rows(in: files) {
      let index = try acceleratorIndex(row, accelerators)
      let kernel = PrefillAttentionKernel(
        headDimension: try row.integer("head_dimension", in: 1...4096),
        floorMicroseconds: try row.number("floor_us", in: microseconds),
        perTokenHeadMicroseconds: try row.number("us_per_token_head", in: microseconds),
        efficiency: try row.number("efficiency", in: share),
        halfEfficiencyTokens: try row.number("half_efficiency_tokens", in: 0...1e6),
        evidence: try row.choice("evidence"))
      let known = accelerators[index].prefillAttentionKernels
      if known.contains(where: { $0.headDimension == kernel.headDimension }) {
        throw row.error("a second row for the same accelerator and head dimension")
      }
      accelerators[index].prefillAttentionKernels.append(kernel)
    }
  }

  private static func addExpertKernels(
    _ files: CatalogFiles, to accelerators: inout [Accelerator]
  ) throws(CatalogError) {
    for row in try CatalogTable.expertKernels.rows(in: files) {
      let index = try acceleratorIndex(row, accelerators)
      let kernel = ExpertKernel(
        precision: try row.choice("precision"),
        launchMicroseconds: try row.number("launch_us", in: microseconds),
        memoryEfficiency: try row.number("memory_efficiency", in: share),
        perTokenMicroseconds: try row.number("per_token_us", in: microseconds),
        perTokenUnshardedMicroseconds: try row.number("per_token_unsharded_us", in: microseconds),
        referenceFLOPsPerToken: try row.number("reference_flops_per_token", in: anyPositive),
        computeEfficiency: try row.number("compute_efficiency", in: share),
        imbalancePerDoubling: try row.number("imbalance_per_doubling", in: 1...4),
        evidence: try row.choice("evidence"))
      guard accelerators[index].expertKernel(kernel.precision) == nil else {
        throw row.error("a second \(kernel.precision.rawValue) row for the same accelerator")
      }
      accelerators[index].expertKernels.append(kernel)
    }
  }

  private static func addMixedPenalties(
    _ files: CatalogFiles, to accelerators: inout [Accelerator]
  ) throws(CatalogError) {
    for row in try CatalogTable.mixedPenalties.rows(in: files) {
      let index = try acceleratorIndex(row, accelerators)
      let group = try row.integer("group_size", in: 1...1024)
      let point = MixedPenalty.Point(
        decodes: try row.integer("decodes", in: 1...1_000_000),
        factor: try row.number("factor", in: 1...100))
      let known = accelerators[index].mixedPenalties
      guard let position = known.firstIndex(where: { $0.groupSize == group }) else {
        accelerators[index].mixedPenalties.append(MixedPenalty(groupSize: group, points: [point]))
        continue
      }
      if let last = known[position].points.last, last.decodes >= point.decodes {
        throw row.error("decodes must rise within an accelerator and group size")
      }
      accelerators[index].mixedPenalties[position].points.append(point)
    }
  }

  private static func acceleratorIndex(
    _ row: TableText.Row, _ accelerators: [Accelerator]
  ) throws(CatalogError) -> Int {
    let name = try row.required("accelerator")
    guard let index = accelerators.firstIndex(where: { $0.name == name }) else {
      throw row.error(
        "accelerator is '\(name)'; expected one of "
          + accelerators.map(\.name).joined(separator: ", "))
    }
    return index
  }
}
