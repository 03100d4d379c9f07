import Conformance
import LabKernel
import Testing

@Suite struct GeneratorTests {
  @Test func `a seed draws the same script each time, and the next seed another one`() {
    #expect(Generator.script(seed: 7) == Generator.script(seed: 7))
    #expect(Generator.script(seed: 7).text != Generator.script(seed: 8).text)
  }

  @Test func `a hundred drawn scripts make thirty different calls`() {
    let text = (1...100).map { Generator.script(seed: UInt64($0)).text }.joined()
    let calls = SystemCall.all.map(\.name).filter { text.contains($0) }
    #expect(calls.count >= 30, "\(calls)")
  }
}
