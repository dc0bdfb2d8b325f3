import Models
import Parallel
import TreeTraining

/// What the log-odds of several models are multiplied by, and what is added, so that their sum predicts
/// best.
///
/// Weights are 0 or more, and drawn to equal ones: the minimum of
/// mean log loss + shrinkage × Σ (w − start)² over w ≥ 0 and a free intercept, which is convex. Found by
/// Newton steps on the weights that are not held at 0, projected back (Bertsekas 1982). Its logarithms
/// and exponentials are ours, so that the same predictions give the same weights on every machine.
struct BlendWeights: Sendable, Equatable {
  let intercept: Double
  /// One a member.
  let weights: [Double]

  /// Measured in the recipe: enough that members which are nearly level share, and little enough that
  /// a member which adds nothing gets nothing.
  static let shrinkage = 2e-3
  /// A member of less is left out: it would cost as much to score as one of more, and change nothing.
  static let smallestWeight = 0.02

  /// - Parameters:
  ///   - members: of each, log-odds of leads that it was not fitted to, all of the same leads.
  ///   - start: weights that are right where nothing tells members apart, one a member.
  ///   - labels: 1 won, 0 lost.
  ///   - weights: frequency weights of the leads; `nil` weighs all alike.
  ///   - rows: the leads that count; `nil` for all.
  ///   - shrinkage: how strongly weights are held to `start`.
  ///   - offsets: log-odds that are added to the members', one a lead; `nil` adds none.
  init(
    members: [[Double]], start: [Double], labels: [UInt8], weights: [Double]?, rows: [Int]? = nil,
    shrinkage: Double = BlendWeights.shrinkage, offsets: [Double]? = nil, pool: WorkerPool
  ) {
    precondition(members.count == start.count, "a start a member")
    let objective = BlendObjective(
      members: members, start: start, labels: labels, weights: weights, rows: rows,
      shrinkage: shrinkage, offsets: offsets, pool: pool)
    var point = objective.minimum(from: start + [0], held: [])
    let negligible = start.indices.filter { point[$0] < Self.smallestWeight }
    if !negligible.isEmpty, negligible.count < start.count {
      for member in negligible { point[member] = 0 }
      point = objective.minimum(from: point, held: Set(negligible))
    }
    self.weights = Array(point.dropLast())
    intercept = point[members.count]
  }

  /// The blend's log-odds of the same leads.
  func rawPredictions(_ members: [[Double]]) -> [Double] {
    members[0].indices.map { row in
      var sum = intercept
      for (weight, member) in zip(weights, members) { sum += weight * member[row] }
      return sum
    }
  }
}

/// The loss that weights are chosen by, with its gradient and Hessian. Points have the weights first,
/// the intercept last.
private struct BlendObjective: Sendable {
  let members: [[Double]]
  let start: [Double]
  let labels: [UInt8]
  let weights: [Double]?
  let rows: [Int]?
  let shrinkage: Double
  let offsets: [Double]?
  let pool: WorkerPool

  struct Value: Sendable {
    var loss = 0.0
    var total = 0.0
    var gradient: [Double]
    /// Row after row, symmetric.
    var hessian: [Double]
  }

  private static let blockSize = 8_192

  /// Sums over fixed blocks of rows, added in block order: the same for any number of threads.
  func evaluate(_ point: [Double]) -> Value {
    let size = point.count
    let blocks = RowBlocks(rowCount: rows?.count ?? labels.count, blockSize: Self.blockSize)
    let parts = pool.map(blocks.count) { sums(over: blocks[$0], at: point) }
    var value = Value(
      gradient: [Double](repeating: 0, count: size),
      hessian: [Double](repeating: 0, count: size * size))
    for part in parts {
      value.loss += part.loss
      value.total += part.total
      for index in 0..<size { value.gradient[index] += part.gradient[index] }
      for index in 0..<size * size { value.hessian[index] += part.hessian[index] }
    }
    let total = max(value.total, .leastNormalMagnitude)
    value.loss /= total
    for index in 0..<size { value.gradient[index] /= total }
    for index in 0..<size * size { value.hessian[index] /= total }
    for member in members.indices {
      let away = point[member] - start[member]
      value.loss += shrinkage * away * away
      value.gradient[member] += 2 * shrinkage * away
      value.hessian[member * size + member] += 2 * shrinkage
    }
    return value
  }

  private func sums(over block: Range<Int>, at point: [Double]) -> Value {
    let size = point.count
    var value = Value(
      gradient: [Double](repeating: 0, count: size),
      hessian: [Double](repeating: 0, count: size * size))
    var inputs = [Double](repeating: 1, count: size)
    for position in block {
      let row = rows?[position] ?? position
      let weight = weights?[row] ?? 1
      guard weight > 0 else { continue }
      var raw = point[size - 1] + (offsets?[row] ?? 0)
      for (index, member) in members.enumerated() {
        inputs[index] = member[row]
        raw += point[index] * member[row]
      }
      let chance = probability(fromRawPrediction: raw)
      let isWon = labels[row] == 1
      // log(1 + e^−|x|) by the probability of the likelier outcome, which is at least a half.
      let certain = max(chance, 1 - chance)
      let against = (raw > 0) != isWon
      value.loss += weight * (-LogOdds.of(won: certain, lost: 1) + (against ? raw.magnitude : 0))
      value.total += weight
      let residual = weight * (chance - (isWon ? 1 : 0))
      let curvature = weight * chance * (1 - chance)
      for index in 0..<size {
        value.gradient[index] += residual * inputs[index]
        for other in 0...index {
          value.hessian[index * size + other] += curvature * inputs[index] * inputs[other]
        }
      }
    }
    for index in 0..<size {
      for other in 0..<index {
        value.hessian[other * size + index] = value.hessian[index * size + other]
      }
    }
    return value
  }

  /// - Parameter held: members whose weights stay as they are.
  func minimum(from start: [Double], held: Set<Int>) -> [Double] {
    var point = start
    var value = evaluate(point)
    // A dozen steps at most are taken; the limit is for what can't be foreseen.
    for _ in 0..<100 {
      let step = step(from: point, value, held: held)
      guard step.decrement > 1e-14 else { break }
      var length = 1.0
      var next: (point: [Double], value: Value)?
      while length > 1e-10 {
        var candidate = zip(point, step.direction).map { $0 + length * $1 }
        for member in members.indices { candidate[member] = max(0, candidate[member]) }
        let found = evaluate(candidate)
        if found.loss < value.loss {
          next = (candidate, found)
          break
        }
        length /= 2
      }
      guard let next else { break }
      let gain = value.loss - next.value.loss
      (point, value) = next
      if gain < 1e-15 { break }
    }
    return point
  }

  /// The Newton step of what is free to move, and by how much the loss falls along it to first order.
  private func step(
    from point: [Double], _ value: Value, held: Set<Int>
  ) -> (direction: [Double], decrement: Double) {
    let size = point.count
    // A weight at 0 that would fall stays.
    let free = (0..<size).filter {
      $0 == size - 1 || !held.contains($0) && (point[$0] > 0 || value.gradient[$0] < 0)
    }
    var system = free.map { row in
      free.map { value.hessian[row * size + $0] } + [-value.gradient[row]]
    }
    // Positive definite by the shrinkage and the leads' spread: no pivots are needed. Where all
    // predictions are at their limits, the intercept has no curvature left, and stays.
    for pivot in system.indices {
      guard system[pivot][pivot] > 1e-300 else { continue }
      for row in system.indices where row != pivot {
        let factor = system[row][pivot] / system[pivot][pivot]
        for column in pivot...free.count { system[row][column] -= factor * system[pivot][column] }
      }
    }
    var direction = [Double](repeating: 0, count: size)
    var decrement = 0.0
    for (index, variable) in free.enumerated() where system[index][index] > 1e-300 {
      direction[variable] = system[index][free.count] / system[index][index]
      decrement -= direction[variable] * value.gradient[variable]
    }
    return (direction, decrement)
  }
}
