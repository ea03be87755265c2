/// How the twin deals out a request's tokens where the engine speculates: so many over so many steps.
struct TwinPace {
  /// Tokens after the request's first, and the steps they take when nothing comes between.
  let tokens: Int
  let steps: Int

  /// What is left at the last (re-)admission, and the steps for it.
  private(set) var stintTokens = 0
  private(set) var stintSteps = 0
  /// Steps since then, and tokens given in them.
  private(set) var done = 0
  private(set) var given = 0
  /// Tokens in the cache at its start.
  private(set) var cachedAtFirst = 0

  init(outputTokens: Int, decodeSteps: Int) {
    tokens = max(1, outputTokens - 1)
    steps = decodeSteps == 0 ? tokens : decodeSteps
  }

  /// `left` tokens are to come; they keep the pace of the whole, and a begun step is a step.
  mutating func begin(left: Int, cached: Int) {
    stintTokens = left
    stintSteps = 1
    while stintSteps * tokens < left * steps { stintSteps += 1 }
    done = 0
    given = 0
    cachedAtFirst = cached
  }

  /// Tokens of the next step: what is due by its end, spread evenly, less what was given.
  mutating func next() -> Int {
    done += 1
    var more = 0
    while (given + more + 1) * stintSteps <= done * stintTokens { more += 1 }
    given += more
    return more
  }

  /// Picoseconds that reading the cache takes in the step about to run: the tokens at the start of the
  /// stint, and for each step since then the same whole number, the nearest to its average growth.
  func attention(perKVToken: Int64) -> Int64 {
    let whole = perKVToken * Int64(stintTokens)
    var growth = whole / Int64(stintSteps)
    if 2 * (whole - growth * Int64(stintSteps)) >= Int64(stintSteps) { growth += 1 }
    return perKVToken * Int64(cachedAtFirst) + Int64(done) * growth
  }
}
