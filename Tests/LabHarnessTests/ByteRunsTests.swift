import LabHarness
import LabKernel
import Testing

struct ByteRunsTests {
  @Test func `bytes of one write are one run, and a page less breaks it`() {
    let bytes = ByteRuns.pattern(step: 5, count: 10_000)
    #expect(ByteRuns(of: bytes).runs.count == 1)
    #expect(ByteRuns(of: Array(bytes[..<100] + bytes[(100 + pageSize)...])).runs.map(\.count) == [100, 5804])
    var joined = ByteRuns()
    joined.append(step: 5, offset: 0, count: 4096)
    joined.append(step: 5, offset: 4096, count: 5904)
    #expect(joined == ByteRuns(of: bytes))
  }

  @Test func `bytes that are in no pattern are runs too, and no more than 64 are told`() {
    let noise = (0..<100).map { _ in UInt8.max }
    let summary = ByteRuns(of: noise)
    #expect(summary.count == 100)
    #expect(summary.runs == Array(repeating: ByteRuns.Run(first: .max), count: 64))
  }
}
