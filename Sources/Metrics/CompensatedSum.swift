/// A running sum that carries the rounding error along (Neumaier 1974), so that a mean over millions
/// of rows is good to the last digits and hardly depends on their order.
struct CompensatedSum {
  private var sum = 0.0
  private var correction = 0.0

  var value: Double { sum + correction }

  mutating func add(_ term: Double) {
    let next = sum + term
    correction += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum
    sum = next
  }
}
