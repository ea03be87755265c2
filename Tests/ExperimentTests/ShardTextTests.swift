import Experiment
import Testing

@Suite struct ShardTextTests {
  @Test func numbersOfAnArrayThatOverflowAreRefused() {
    let environment = [
      "SLURM_ARRAY_TASK_ID": "\(Int.max)", "SLURM_ARRAY_TASK_COUNT": "4",
      "SLURM_ARRAY_TASK_MIN": "-1",
    ]
    #expect(throws: SweepError.self) { try Shard.fromEnvironment(environment, shards: nil) }
  }
}
