import LabHarness
import LabKernel
import Testing

struct ByteRunsTests {
  @Test func `the bytes of one write are one run, and a missing page breaks it`() {
    let bytes = ByteRuns.pattern(step: 5, count: 10_000)
    #expect(ByteRuns(of: bytes).runs.count == 1)
    #expect(ByteRuns(of: Array(bytes[..<100] + bytes[(100 + pageSize)...])).runs.map(\.count) == [100, 5804])
    var joined = ByteRuns()
    joined.append(step: 5, offset: 0, count: 4096)
    joined.append(step: 5, offset: 4096, count: 5904)
    #expect(joined == ByteRuns(of: bytes))
  }

  @Test func `bytes without a pattern are runs too, and at most 64 are reported`() {
    let noise = (0..<100).map { _ in UInt8.max }
    let summary = ByteRuns(of: noise)
    #expect(summary.count == 100)
    #expect(summary.runs == Array(repeating: ByteRuns.Run(first: .max), count: 64))
  }
}
