/// A linear program, perhaps with whole-numbered variables: minimise what its variables cost.
public struct LinearProgram: Sendable {
  /// A variable.
  public struct Variable: Hashable, Sendable {
    /// Name, for messages.
    public var name: String
    /// What one costs.
    public var cost: Double
    /// Least it may be.
    public var lower: Double
    /// Most it may be.
    public var upper: Double
    /// Whether it is a whole number.
    public var isInteger: Bool
  }

  /// A constraint: `lower ≤ Σ coefficient × variable ≤ upper`.
  public struct Row: Hashable, Sendable {
    /// What it stands for, as a planner says it.
    public var name: String
    /// Unit of its sides.
    public var unit: String
    /// Places of the variables and their coefficients; no place twice.
    public var terms: [Term]
    /// Least of the sum.
    public var lower: Double
    /// Most of the sum.
    public var upper: Double
    /// Who can give way here when a program is infeasible; `nil` for what always holds.
    public var side: Side?
    /// Rows of one group give way together, by the same part of each; the row's own name where it is alone.
    public var group: String
  }

  /// Who gives way.
  public enum Side: Hashable, Sendable {
    /// Those who ask: less is served.
    case demand
    /// Those who provide: more can be had.
    case supply
  }

  /// A variable in a row.
  public struct Term: Hashable, Sendable {
    /// Place of the variable.
    public var variable: Int
    /// Its coefficient.
    public var coefficient: Double

    /// Creates a term.
    public init(_ variable: Int, _ coefficient: Double) {
      self.variable = variable
      self.coefficient = coefficient
    }
  }

  /// The variables.
  public private(set) var variables: [Variable] = []
  /// The constraints.
  public private(set) var rows: [Row] = []

  /// An empty program.
  public init() {}

  /// Adds a variable and returns its place.
  public mutating func add(
    _ name: String, cost: Double = 0, from lower: Double = 0, to upper: Double = .infinity,
    isInteger: Bool = false
  ) -> Int {
    precondition(lower <= upper && cost.isFinite, "a variable has a range")
    variables.append(
      Variable(name: name, cost: cost, lower: lower, upper: upper, isInteger: isInteger))
    return variables.count - 1
  }

  /// Adds a constraint and returns its place. Terms of one variable are added up.
  @discardableResult
  public mutating func require(
    _ name: String, _ terms: [Term], from lower: Double = -.infinity, to upper: Double = .infinity,
    unit: String = "", side: Side? = nil, group: String? = nil
  ) -> Int {
    precondition(terms.allSatisfy { variables.indices.contains($0.variable) })
    var sums: [Int: Double] = [:]
    var order: [Int] = []
    for term in terms {
      if sums[term.variable] == nil { order.append(term.variable) }
      sums[term.variable, default: 0] += term.coefficient
    }
    rows.append(
      Row(
        name: name, unit: unit, terms: order.map { Term($0, sums[$0] ?? 0) }, lower: lower,
        upper: upper, side: side, group: group ?? name))
    return rows.count - 1
  }

  /// Fixes a variable.
  public mutating func fix(_ variable: Int, at value: Double) {
    variables[variable].lower = value
    variables[variable].upper = value
  }

  /// Adds to what a variable costs.
  public mutating func charge(_ variable: Int, _ cost: Double) { variables[variable].cost += cost }

  /// What values of the variables cost.
  public func cost(_ values: [Double]) -> Double {
    zip(variables, values).reduce(0) { $0 + $1.0.cost * $1.1 }
  }

  /// By how much values break a row: 0 where they hold it.
  public func violation(_ row: Int, _ values: [Double]) -> Double {
    let sum = rows[row].terms.reduce(0) { $0 + $1.coefficient * values[$1.variable] }
    return max(0, rows[row].lower - sum, sum - rows[row].upper)
  }

  /// The matrix column by column, as COIN's interfaces take it.
  var columns: (starts: [Int32], rows: [Int32], values: [Double]) {
    var entries = [[(Int32, Double)]](repeating: [], count: variables.count)
    for (number, row) in rows.enumerated() {
      for term in row.terms where term.coefficient != 0 {
        entries[term.variable].append((Int32(number), term.coefficient))
      }
    }
    var starts: [Int32] = [0]
    var places: [Int32] = []
    var values: [Double] = []
    for column in entries {
      for (row, value) in column {
        places.append(row)
        values.append(value)
      }
      starts.append(Int32(places.count))
    }
    return (starts, places, values)
  }

  /// The program in which one side may give way, as little as can be: the sum of what each group of rows
  /// is broken by, in parts of their sides (of one unit, where that is less), is smallest.
  ///
  /// - Returns: The program, and by group the first of its rows, its unit of gaps and their variables.
  func relaxed(_ side: Side) -> (program: LinearProgram, gaps: [Relief]) {
    var program = self
    for place in program.variables.indices { program.variables[place].cost = 0 }
    var gaps: [Relief] = []
    var places: [String: Int] = [:]
    for (number, row) in rows.enumerated() where row.side == side {
      let scale = max(1, abs(row.lower.isFinite ? row.lower : row.upper))
      let place: Int
      if let known = places[row.group] {
        place = known
      } else {
        place = gaps.count
        places[row.group] = place
        gaps.append(
          Relief(
            row: number, scale: scale, below: program.add("below \(row.group)", cost: 1),
            above: program.add("above \(row.group)", cost: 1)))
      }
      if row.lower.isFinite { program.rows[number].terms.append(Term(gaps[place].below, scale)) }
      if row.upper.isFinite { program.rows[number].terms.append(Term(gaps[place].above, -scale)) }
    }
    return (program, gaps)
  }

  /// What a group of rows gives way by.
  struct Relief {
    /// The first row of the group.
    let row: Int
    /// What a gap of 1 is in that row.
    let scale: Double
    /// Places of the gaps.
    let below: Int
    let above: Int
  }
}
