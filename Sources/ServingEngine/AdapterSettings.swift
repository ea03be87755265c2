/// How an engine serves low-rank adapters of its model.
///
/// A request names one adapter or none. No more than `resident` different ones run at once; one that is
/// not on the accelerator is loaded in the step that admits the first request for it, and the step waits.
/// Source: vLLM V1 (`vllm/v1/core/sched/scheduler.py`, `vllm/lora/worker_manager.py`), read 2026-07.
public struct AdapterSettings: Hashable, Sendable {
  /// Adapters on the accelerator, and in one batch (`max_loras`); 0 where none are served.
  public var resident = 0
  /// Adapters in the host's memory, those on the accelerator among them (`max_cpu_loras`).
  public var held = 0
  /// Picoseconds to bring one from the host's memory onto the accelerator.
  public var loadTime: Int64 = 0
  /// Picoseconds to bring one into the host's memory.
  public var fetchTime: Int64 = 0

  /// Creates the settings of an engine that serves none.
  public init() {}

  /// Creates settings.
  ///
  /// - Precondition: at least one is resident, no fewer are held, and no time is negative.
  public init(resident: Int, held: Int, loadTime: Int64 = 0, fetchTime: Int64 = 0) {
    precondition(resident >= 1 && held >= resident && loadTime >= 0 && fetchTime >= 0)
    self.resident = resident
    self.held = held
    self.loadTime = loadTime
    self.fetchTime = fetchTime
  }

  /// Whether any are served.
  public var isOn: Bool { resident > 0 }
}
