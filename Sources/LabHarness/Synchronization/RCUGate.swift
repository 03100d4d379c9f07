internal import Interleave
internal import LabKernel

/// A gate with a room behind it: what an updater can take away from readers without any pointer.
struct RCUGate {
  private let isOpen = Atomic(1)
  private let room = SharedCell(0)

  /// Gives both of them their names.
  func name(in scenario: inout Scenario) {
    scenario.name(isOpen, "gate")
    scenario.name(room, "room")
  }

  /// Carries out an act; nothing here has an ordering of its own: all ordering comes from the RCU.
  func carryOut(_ act: RCULab.Gate) {
    switch act {
    case .shut: isOpen.store(0, ordering: .relaxed)
    case .visit: if isOpen.load(ordering: .relaxed) == 1 { _ = room.read() }
    case .fill: room.write(1)
    case .clear: room.free()
    }
  }
}
