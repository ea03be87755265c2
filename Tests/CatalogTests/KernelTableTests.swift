import Catalog
import Foundation
import ServingEngine
import Testing

/// The catalog's matrix kernels beside the measured table they were fitted to.
@Suite struct KernelTableTests {
  static let file = "kernels/h100_sxm_gemm.csv.gz"

  @Test(
    .enabled(if: MeasuredData.exists(file)),
    arguments: [("bfloat16", Precision.bf16), ("fp8", .fp8)])
  func `matrix products are those of the H100 table, half of them within 12 percent`(
    word: String, precision: Precision
  ) throws {
    let accelerator = try #require(try Catalog.bundled().accelerator(named: "h100-sxm"))
    let kernel = try #require(accelerator.matrixKernel(precision))
    var errors: [Double] = []
    for line in try Self.lines() {
      let fields = line.split(separator: ",")
      guard fields.count == 5, fields[0] == word, let m = Double(fields[1]),
        let n = Double(fields[2]), let k = Double(fields[3]), let time = Double(fields[4]),
        n >= 1024, k >= 1024, n * k >= 4_194_304
      else { continue }
      let bytes = n * k * precision.bytesPerParameter
      let flops = 2 * n * k * m / kernel.peakFLOPsPerSecond
      let streaming =
        kernel.launchMicroseconds
        + 1e6 * bytes / (kernel.memoryEfficiency * accelerator.memoryBytesPerSecond)
        + 1e6 * flops / kernel.smallBatchEfficiency
      let computing =
        kernel.launchMicroseconds + 1e6 * flops / kernel.largeBatchEfficiency
        + 1e-6 * kernel.perElementPicoseconds * m * (n + k)
      errors.append(abs(max(streaming, computing) / (time * 1e3) - 1))
    }
    #expect(errors.count > 5000)
    #expect(errors.sorted()[errors.count / 2] < 0.12)
  }

  private static func lines() throws -> [Substring] {
    let unzip = Process()
    unzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    unzip.arguments = ["gzip", "-dc", MeasuredData.folder + "/" + file]
    let pipe = Pipe()
    unzip.standardOutput = pipe
    try unzip.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    unzip.waitUntilExit()
    return String(decoding: data, as: UTF8.self).split(separator: "\n")
  }
}
