import Multicloud

/// Keeps every row of a run, and its books.
final class RowKeeper: Recorder {
  private(set) var requests: [RequestRecord] = []
  private(set) var decisions: [DecisionRecord] = []
  private(set) var attempts: [AttemptRecord] = []
  private(set) var deploymentMinutes: [DeploymentMinute] = []
  private(set) var poolMinutes: [PoolMinute] = []
  private(set) var quotaMinutes: [QuotaMinute] = []
  let books: BookKeeper
  let wantsRequests = true
  let wantsPoolMinutes = true
  let wantsDecisions = true
  let wantsCandidates = true
  let wantsCapacity = true
  let hasFailed = false

  init(_ books: BookKeeper) { self.books = books }

  func record(_ period: borrowing UsagePeriod) { books.record(period) }
  func record(_ request: borrowing RequestRecord) { requests.append(copy request) }
  func record(_ minute: borrowing PoolMinute) { poolMinutes.append(copy minute) }
  func record(_ minute: borrowing DeploymentMinute) { deploymentMinutes.append(copy minute) }
  func record(_ minute: borrowing QuotaMinute) { quotaMinutes.append(copy minute) }
  func record(_ decision: borrowing DecisionRecord) { decisions.append(copy decision) }
  func record(_ attempt: borrowing AttemptRecord) { attempts.append(copy attempt) }
}
