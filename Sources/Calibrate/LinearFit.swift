import ServingEngine

/// Step times fitted as a sum of shares, each row weighted by its own time so that errors are relative.
public struct LinearFit: Sendable {
  /// A column that was fitted.
  public struct Term: Hashable, Sendable {
    /// The column.
    public var column: StepColumn
    /// Its coefficient, microseconds.
    public var value: Double
    /// Standard error; `nil` where the coefficient is held at zero or rows are too few.
    public var standardError: Double?
    /// What plain least squares said, which may be negative.
    public var unconstrained: Double
  }

  /// The columns that rows told of.
  public let terms: [Term]
  /// Columns that no row told of.
  public let silent: [StepColumn]
  /// Singular values of the weighted columns, each brought to length 1; falling.
  public let singularValues: [Double]
  /// Columns that share the direction of the smallest singular value, with the part of their variance
  /// that lies in it, where the condition number is above ``worryingCondition``.
  public let entangled: [(column: StepColumn, share: Double)]
  /// Rows fitted.
  public let rows: Int

  /// Condition number above which coefficients are said to be entangled: 30 is where Belsley, Kuh and
  /// Welsch (1980) find that regressions suffer.
  public static let worryingCondition = 30.0

  /// Largest singular value over smallest.
  public var condition: Double {
    guard let first = singularValues.first, let last = singularValues.last, last > 0 else {
      return .infinity
    }
    return first / last
  }

  /// Fits the columns to the observations that are not held out.
  ///
  /// - Throws: where there are fewer rows than columns, or columns that move together exactly.
  public init(
    _ observations: [Observation], columns wanted: [StepColumn]
  ) throws(CalibrationError) {
    let rows = observations.filter { !$0.isHeldOut }
    var told: [StepColumn] = []
    var silent: [StepColumn] = []
    for column in wanted {
      if rows.contains(where: { column.value($0.load) != 0 }) {
        told.append(column)
      } else {
        silent.append(column)
      }
    }
    self.silent = silent
    self.rows = rows.count
    guard rows.count > told.count else {
      throw CalibrationError(
        "\(rows.count) rows to fit \(told.count) coefficients "
          + "(\(told.map(\.rawValue).joined(separator: ", "))), expected more rows than that; add "
          + "logs, or hold fewer out")
    }
    var columns = told.map { column in
      rows.map { column.value($0.load) / $0.microseconds }
    }
    let lengths = columns.map { column in column.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    for index in columns.indices {
      for row in columns[index].indices { columns[index][row] /= lengths[index] }
    }
    let target = [Double](repeating: 1, count: rows.count)
    let plain = LeastSquares(columns: columns, target: target)
    singularValues = plain.singularValues
    let (_, shares) = LeastSquares.varianceShares(columns: columns)
    let last = shares[shares.count - 1]
    let together = told.indices.filter { last[$0] > 0.5 }.map { (told[$0], last[$0]) }
    guard plain.rank == told.count else {
      let names = together.map(\.0.rawValue).joined(separator: ", ")
      throw CalibrationError(
        "the rows cannot tell \(names) apart: they rise and fall together exactly; add steps in which "
          + "they do not, such as other batches with the same number of cached tokens")
    }
    let condition = plain.singularValues[0] / plain.singularValues[told.count - 1]
    entangled =
      condition > Self.worryingCondition ? together.map { (column: $0.0, share: $0.1) } : []
    let constrained = NonNegativeLeastSquares(columns: columns, target: target)
    let free = constrained.free
    var variances = [Double](repeating: .nan, count: told.count)
    if !free.isEmpty {
      let inverse = OrthogonalReduction(columns: free.map { columns[$0] }, target: target)
        .inverseDiagonal()
      let noise = constrained.residualSumOfSquares / Double(rows.count - free.count)
      for (index, column) in free.enumerated() { variances[column] = noise * inverse[index] }
    }
    terms = told.indices.map { index in
      Term(
        column: told[index], value: constrained.coefficients[index] / lengths[index],
        standardError: variances[index].isFinite
          ? variances[index].squareRoot() / lengths[index] : nil,
        unconstrained: plain.coefficients[index] / lengths[index])
    }
  }

  /// The coefficients by column.
  public var values: [StepColumn: Double] {
    Dictionary(uniqueKeysWithValues: terms.map { ($0.column, $0.value) })
  }
}
