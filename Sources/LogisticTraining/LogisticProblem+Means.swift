import Features
import Parallel

extension LogisticProblem {
  /// The weighted mean of each column of the layout: what an average lead has. Of a level, its share of
  /// the rows.
  func meanFeatures() -> [Double] {
    let numberCount = numberCount
    let groupCount = groupCount
    let slotOffsets = slotOffsets
    let slotCount = slotCount
    let weights = weights
    let matrix = matrix
    let sums = pool.map(blocks.count) { block -> (numbers: [Double], slots: [Double]) in
      var numbers = [Double](repeating: 0, count: numberCount)
      var slots = [Double](repeating: 0, count: slotCount)
      // Bounds: rows lie within the matrix; codes were compared with their groups' limits.
      matrix.numbers.withUnsafeBufferPointer { values in
        matrix.codes.withUnsafeBufferPointer { codes in
          numbers.withUnsafeMutableBufferPointer { numbers in
            slots.withUnsafeMutableBufferPointer { slots in
              for row in blocks[block] {
                let weight = weights?[row] ?? 1
                for column in 0..<numberCount {
                  numbers[column] += weight * values[row * numberCount + column]
                }
                for group in 0..<groupCount {
                  slots[slotOffsets[group] + Int(codes[row * groupCount + group])] += weight
                }
              }
            }
          }
        }
      }
      return (numbers, slots)
    }
    var numbers = [Double](repeating: 0, count: numberCount)
    var slots = [Double](repeating: 0, count: slotCount)
    for sum in sums {
      for column in numbers.indices { numbers[column] += sum.numbers[column] }
      for slot in slots.indices { slots[slot] += sum.slots[slot] }
    }
    // The slot behind a group's levels, none of them, is no column.
    let levels = zip(slotOffsets, layout.groups).flatMap { offset, group in
      slots[offset..<offset + group.levels.count]
    }
    return (numbers + levels).map { $0 / totalWeight }
  }
}
