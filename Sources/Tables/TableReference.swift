/// Every column of every table as a page for people, in Markdown; `schema.csv` for reading.
public enum TableReference {
  /// The page. O(columns).
  public static var markdown: String {
    var lines = [
      "# Every column of every table", "",
      "Written by `plimsoll schema tables`; `make reference` renews it. Every run carries the same text for",
      "the tables it wrote in its `schema.csv`.", "",
      "- Files are CSV by RFC 4180 in UTF-8, a line feed at the end of each line, a header first.",
      "- An empty field is a null. `flag` is 0 or 1, `decimal(6)` a number with six decimals, `real` the shortest",
      "  text that reads back to the same number.",
      "- A table's version grows whenever a column is added, removed, moved or changes its meaning; a run's",
      "  `manifest.json` has the version of each of its tables.", "",
      "| Table | A row is |", "|---|---|",
    ]
    for schema in TableSchema.all {
      lines.append(
        "| [`\(schema.fileName)`](#\(anchor(schema.fileName))) | \(cell(schema.row ?? "")) |")
    }
    for schema in TableSchema.all {
      lines += ["", "## \(schema.fileName)", ""]
      let row = schema.row.map { ": a row is \($0)" } ?? ""
      lines += ["Version \(schema.version), \(schema.columns.count) columns\(row).", ""]
      lines += ["| Column | Type | Unit | Meaning |", "|---|---|---|---|"]
      for column in schema.columns {
        lines.append(
          "| `\(column.name)` | \(column.type) | \(cell(column.unit)) | \(cell(column.meaning)) |")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The fragment that a file name gets as a heading.
  private static func anchor(_ heading: String) -> String { heading.replacing(".", with: "") }

  private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}

extension TableSchema {
  /// What a row of the table stands for, to follow "a row is"; `nil` for a table not listed here.
  public var row: String? {
    switch name {
    case RequestsTable.schema.name: "a request that ended, or was still in flight at the end"
    case DecisionRow.schema.name: "a decision of the gateway about one attempt (`--tables audit`)"
    case DecisionCandidateRow.schema.name: "a candidate of a decision (`--tables full`)"
    case AttemptRow.schema.name: "an attempt to get a request served (`--tables audit`)"
    case ChainStageRow.schema.name: "a stage of a request's chain (`--tables audit`)"
    case PoolsMinuteTable.schema.name: "a pool in one minute"
    case CapacityEventRow.schema.name:
      "a change of the capacity of a pool or of an endpoint's units, or one that was wanted and did not come"
    case TrainingJobRow.schema.name: "a training job"
    case DeploymentMinuteRow.schema.name: "a pool or managed endpoint in one minute"
    case QuotaMinuteRow.schema.name: "a quota in one minute"
    case TenantMinuteRow.schema.name: "a workload of a tenant in one minute"
    case ChargeRow.schema.name: "a line of the bill"
    case CommitmentDayRow.schema.name: "a commitment at the end of a day"
    case CommitmentMonthRow.schema.name: "a month to come of a commitment, in one of three cases"
    case PlacementRow.schema.name: "a deployment: what it is made of and how it is bought"
    case DeploymentEstimateRow.schema.name: "a deployment in one bin of an estimate"
    case PlacementEstimateRow.schema.name: "a placement of `estimate --placements` or `--vary`"
    case VerificationRow.schema.name:
      "an estimated figure of a window beside the simulated one (`estimate --verify`)"
    case IncidentRow.schema.name: "something that went wrong, from when to when"
    case FailureRow.schema.name: "an incident, declared or drawn, and what it did to service"
    case IntervalRow.schema.name:
      "a figure over several replications or batches (`run --replications`, `--batches`)"
    case ReplicationRow.schema.name: "a figure of one replication"
    case ComparisonRow.schema.name: "a figure of one alternative beside the others (`compare`)"
    case SummaryTable.schema.name: "a figure of the run"
    case SchemaTable.schema.name: "a column of a table"
    default: nil
    }
  }
}
