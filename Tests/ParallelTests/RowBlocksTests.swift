import Parallel
import Testing

@Suite struct RowBlocksTests {
  @Test(arguments: [0, 1, 7, 8, 9, 63, 64, 65]) func blocksCoverEachRowOnce(rows: Int) {
    let blocks = RowBlocks(rowCount: rows, blockSize: 8)
    #expect(blocks.flatMap { Array($0) } == Array(0..<rows))
    #expect(blocks.dropLast().allSatisfy { $0.count == 8 })
    #expect(blocks.allSatisfy { !$0.isEmpty })
  }
}
