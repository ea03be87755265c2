/// Sums of estimates over parts of the same time.
extension DeploymentEstimate {
  mutating func add(_ other: DeploymentEstimate) {
    attempts += other.attempts
    served += other.served
    refused += other.refused
    spilledOut += other.spilledOut
    spilledIn += other.spilledIn
    promptTokens += other.promptTokens
    cachedTokens += other.cachedTokens
    outputTokens += other.outputTokens
    tokenCost += other.tokenCost
    inFlight += other.inFlight
    utilisation += other.utilisation
    load += other.load
    peakLoad = max(peakLoad, other.peakLoad)
    running += other.running
    timeToFirstToken.add(other.timeToFirstToken)
    timePerOutputToken.add(other.timePerOutputToken)
    endToEnd.add(other.endToEnd)
  }
}

extension WorkloadEstimate {
  mutating func add(_ other: WorkloadEstimate) {
    arrived += other.arrived
    served += other.served
    lost += other.lost
    attempts += other.attempts
    tokenCost += other.tokenCost
    tokens += other.tokens
    timeToFirstToken.add(other.timeToFirstToken)
    timePerOutputToken.add(other.timePerOutputToken)
    endToEnd.add(other.endToEnd)
    good += other.good
  }
}

extension QuotaEstimate {
  mutating func add(_ other: QuotaEstimate) {
    offered += other.offered
    peakOffered = max(peakOffered, other.peakOffered)
    refused += other.refused
  }
}

extension UsageEstimate {
  mutating func add(_ other: UsageEstimate) {
    func sum(_ a: inout [Double], _ b: [Double]) { for i in a.indices { a[i] += b[i] } }
    sum(&requests, other.requests)
    sum(&promptTokens, other.promptTokens)
    sum(&cachedTokens, other.cachedTokens)
    sum(&writtenTokens, other.writtenTokens)
    sum(&outputTokens, other.outputTokens)
    sum(&longRequests, other.longRequests)
    sum(&longPromptTokens, other.longPromptTokens)
    sum(&longOutputTokens, other.longOutputTokens)
    sum(&joules, other.joules)
    sum(&arrived, other.arrived)
  }
}
