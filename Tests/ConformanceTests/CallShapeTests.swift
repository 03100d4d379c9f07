import Conformance
import LabKernel
import Testing

@Suite struct CallShapeTests {
  @Test func `each call of the kernel says what of it is compared`() {
    let shapes = Set(CallShape.all.map(\.name))
    #expect(SystemCall.all.map(\.name).filter { !shapes.contains($0) } == [])
  }

  @Test func `no call says it twice`() {
    #expect(Set(CallShape.all.map(\.name)).count == CallShape.all.count)
  }
}
