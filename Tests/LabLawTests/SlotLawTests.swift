import Grader
import LabKernel
import Reference
import Testing

/// The first law, applied to slots: what `lab.yml` says about the kernel is true.
struct SlotLawTests {
  /// The labs whose component has a slot in the kernel.
  private static func slotted() throws -> [LabManifest] {
    try Repository.labPlaces(in: "labs").sorted().map { try LabManifest(folder: "\(Repository.root)/labs/\($0)") }
      .filter { $0.slot.flatMap(Slot.init) != nil }
  }

  /// Returns the type name of the component in a slot, from the subsystem's property with the name of the slot.
  private func name(of slot: Slot, in components: Components) -> String? {
    let subsystem = Mirror(reflecting: components).children.first { $0.label == slot.subsystem }?.value
    let slots = subsystem.map { Mirror(reflecting: $0).children }
    return slots?.first { $0.label == slot.rawValue }.map { "\($0.value)" }
  }

  @Test func `each slot belongs to one lab, which is in the area of the slot's subsystem`() throws {
    let slots = try Self.slotted().map { "\($0.area).\($0.slot ?? "")" }
    #expect(slots.sorted() == Slot.allCases.map { "\($0.subsystem).\($0.rawValue)" }.sorted())
  }

  @Test(arguments: try slotted())
  func `the solution of a lab is in the slot of the lab, and the baseline can take its place`(
    lab: LabManifest
  ) throws {
    let slot = try #require(lab.slot.flatMap(Slot.init))
    var components = Reference.components
    #expect(name(of: slot, in: components) == lab.component)
    components.fill(slot, from: .baseline)
    #expect(name(of: slot, in: components) == name(of: slot, in: .baseline))
    let others = Slot.allCases.filter { $0 != slot }
    #expect(others.allSatisfy { name(of: $0, in: components) == name(of: $0, in: Reference.components) })
  }

  @Test func `the solutions of the kernel's labs can be compiled beside a student's component`() throws {
    let texts = try Self.slotted().map {
      try Repository.text("solutions/reference/\($0.area)/\($0.slug)/\($0.component).swift")
    }
    #expect(texts.allSatisfy(HeldSource.canBeHeld))
  }
}
