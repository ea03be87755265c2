import COpenBLAS

/// A dense matrix of doubles, row by row.
///
/// Products are OpenBLAS's `dgemm`. Their last bits differ between processors, so a matrix serves
/// estimates only; nothing in the event path reads one.
public struct Matrix: Sendable {
  /// Number of rows.
  public let rows: Int
  /// Number of columns.
  public let columns: Int
  /// Elements, row by row.
  public var elements: [Double]

  /// Creates a matrix of zeros.
  public init(rows: Int, columns: Int) {
    precondition(rows >= 0 && columns >= 0)
    self.rows = rows
    self.columns = columns
    elements = [Double](repeating: 0, count: rows * columns)
  }

  /// The element in a row and column.
  public subscript(row: Int, column: Int) -> Double {
    get {
      precondition(row >= 0 && row < rows && column >= 0 && column < columns)
      return elements[row * columns + column]
    }
    set {
      precondition(row >= 0 && row < rows && column >= 0 && column < columns)
      elements[row * columns + column] = newValue
    }
  }

  /// The product `self · other`.
  ///
  /// - Complexity: O(rows × columns × other.columns), by `cblas_dgemm`.
  /// - Precondition: `columns == other.rows`.
  public func times(_ other: Matrix) -> Matrix {
    var product = Matrix(rows: rows, columns: other.columns)
    multiply(other, into: &product)
    return product
  }

  /// The product `self · other`, into memory that is there.
  ///
  /// - Complexity: O(rows × columns × other.columns), by `cblas_dgemm`.
  /// - Precondition: `columns == other.rows`; the product has `rows` rows and `other.columns` columns.
  func multiply(_ other: Matrix, into product: inout Matrix) {
    precondition(columns == other.rows, "inner sizes differ")
    precondition(product.rows == rows && product.columns == other.columns, "outer sizes differ")
    if rows == 0 || columns == 0 || other.columns == 0 { return }
    product.elements.withUnsafeMutableBufferPointer { c in
      elements.withUnsafeBufferPointer { a in
        other.elements.withUnsafeBufferPointer { b in
          cblas_dgemm(
            CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(rows), Int32(other.columns),
            Int32(columns), 1, a.baseAddress, Int32(columns), b.baseAddress,
            Int32(other.columns), 0, c.baseAddress, Int32(other.columns))
        }
      }
    }
  }

  /// The element-wise product.
  ///
  /// - Precondition: both have the same shape.
  public func timesElementwise(_ other: Matrix) -> Matrix {
    precondition(rows == other.rows && columns == other.columns, "shapes differ")
    var product = self
    for i in elements.indices { product.elements[i] *= other.elements[i] }
    return product
  }

  /// Sums of the columns.
  public var columnSums: [Double] {
    var sums = [Double](repeating: 0, count: columns)
    for row in 0..<rows {
      for column in 0..<columns { sums[column] += elements[row * columns + column] }
    }
    return sums
  }
}

/// The OpenBLAS in use.
public enum LinearAlgebra {
  /// Version and build of the library, for a run's manifest.
  public static var libraryDescription: String {
    guard let text = openblas_get_config() else { return "OpenBLAS" }
    return String(cString: text)
  }

  /// Sets the number of threads of the library; 1 where runs are parallel themselves.
  public static func setThreads(_ count: Int) {
    precondition(count >= 1)
    openblas_set_num_threads(Int32(count))
  }
}
