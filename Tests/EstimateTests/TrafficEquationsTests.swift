import Estimate
import Testing

@Suite("Traffic equations")
struct TrafficEquationsTests {
  private func matrix(_ rows: [[Double]]) -> Matrix {
    var matrix = Matrix(rows: rows.count, columns: rows[0].count)
    matrix.elements = rows.flatMap { $0 }
    return matrix
  }

  @Test("a Jackson network with feedback, many hours at once")
  func jackson() throws {
    let equations = TrafficEquations(
      moves: matrix([[0, 0.5, 0.5], [0.2, 0, 0], [0.1, 0, 0]]))
    var external = Matrix(rows: 3, columns: 168)
    for hour in 0..<168 { external[0, hour] = Double(hour + 1) }
    let answer = try equations.solve(external)
    for hour in [0, 5, 167] {
      let scale = Double(hour + 1)
      #expect(abs(answer[0, hour] / scale - 1.17647058823529) < 1e-12)
      #expect(abs(answer[1, hour] / scale - 0.588235294117647) < 1e-12)
      #expect(abs(answer[2, hour] / scale - 0.588235294117647) < 1e-12)
    }
  }

  @Test("requests that never leave are an error that says where they are")
  func singular() throws {
    let equations = TrafficEquations(moves: matrix([[0, 0.5, 0], [0, 0, 1], [0, 1, 0]]))
    #expect(throws: TrafficEquations.Problem.singular(deployments: [1, 2])) {
      try equations.solve(matrix([[1], [0], [0]]))
    }
  }

  @Test("shares above one are an error")
  func wrongShares() throws {
    let equations = TrafficEquations(moves: matrix([[0.6, 0.6], [0, 0]]))
    #expect(throws: TrafficEquations.Problem.self) { try equations.solve(matrix([[1], [1]])) }
  }
}
