/// The forms in which others publish recorded requests.
public enum TraceFormat: String, CaseIterable, Sendable {
  /// Azure's LLM inference traces of November 2023: `TIMESTAMP,ContextTokens,GeneratedTokens`.
  case azure2023 = "azure-2023"
  /// Those of May 2024: the same with a time zone behind each time.
  case azure2024 = "azure-2024"
  /// BurstGPT: `Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type`.
  case burstGPT = "burstgpt"
  /// Mooncake: JSON lines with `timestamp`, `input_length`, `output_length` and `hash_ids`.
  case mooncake
  /// ServeGen: a client's rate and variation by window, `time,rate,cv,law,…` without a header.
  case serveGen = "servegen"
  /// A result of `vllm bench serve --save-result --save-detailed`.
  case vLLMBench = "vllm-bench"
  /// This program's own: `t_s,prompt_tokens,output_tokens` and, where known, `hash_ids` and
  /// `block_tokens`.
  case plimsoll

  /// The format that a file's first line that is not blank looks like; `nil` where it is none of them.
  public static func guess(_ line: String) -> TraceFormat? {
    let folded = line.lowercased()
    if folded.hasPrefix("{") {
      if folded.contains("\"input_length\"") { return .mooncake }
      return folded == "{" || folded.contains("\"date\"") || folded.contains("\"input_lens\"")
        ? .vLLMBench : nil
    }
    let fields = folded.split(separator: ",", omittingEmptySubsequences: false).map {
      $0.filter { $0 != " " && $0 != "\"" }
    }
    if fields.contains("t_s") && fields.contains("prompt_tokens") { return .plimsoll }
    if fields.contains("contexttokens") && fields.contains("generatedtokens") { return .azure2023 }
    if fields.contains("requesttokens") && fields.contains("responsetokens") { return .burstGPT }
    let isWindow =
      fields.count == 6 && Int(fields[0]) != nil && Double(fields[1]) != nil
      && Double(fields[2]) != nil && Double(fields[3]) == nil
    return isWindow ? .serveGen : nil
  }
}
