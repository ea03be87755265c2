import SimulationKernel
import Tables

/// What runs were made from: the scenario and hashes.
struct SourceSection {
  private let page: PageContents

  init(_ page: PageContents) { self.page = page }

  var section: SectionView {
    SectionView(
      id: "source", heading: "What it was made from",
      blocks: page.runs.flatMap { run -> [BlockView] in
        let manifest = run.manifest
        let of = page.isComparison ? ", \(run.name)" : ""
        var table = TableView("Inputs and tables" + of, "file", ["bytes", "SHA-256"])
        func add(_ name: String, _ bytes: Int, _ digest: String) {
          table.add(name, [.number(Figure.grouped(Int64(bytes))), CellView(digest, "hash")])
        }
        add(manifest.scenario.name, manifest.scenario.bytes, manifest.scenario.sha256)
        for input in manifest.inputs { add(input.name, input.bytes, input.sha256) }
        for file in manifest.tables { add(file.file, file.bytes, file.sha256) }
        var facts =
          "\(page.prefix(run))seed \(manifest.seed), plimsoll \(manifest.toolVersion), "
          + "\(Figure.grouped(Int64(manifest.events))) events, fingerprint "
          + Self.hexadecimal(manifest.fingerprint)
        if !manifest.overrides.isEmpty {
          facts += ", with --set " + manifest.overrides.joined(separator: " --set ")
        }
        var blocks: [BlockView] = [.text(facts), .table(table)]
        if let scenario = run.scenario {
          blocks.append(
            BlockView(
              source: SourceView(
                title: "The scenario with every default written out" + of, body: scenario)))
        }
        return blocks
      })
  }

  private static func hexadecimal(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
