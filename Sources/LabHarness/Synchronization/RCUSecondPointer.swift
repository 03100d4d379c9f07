internal import Interleave
internal import LabKernel

/// A second pointer, to the object to which another pointer leads already, and a page that goes with it.
struct RCUSecondPointer {
  private let rcu: Subject<any ReadCopyUpdate>
  private let pointer = Atomic(0)
  private let page = SharedCell(0)

  /// A pointer to object 0.
  init(_ rcu: Subject<any ReadCopyUpdate>) { self.rcu = rcu }

  /// Gives both of them their names, and gives the pointer to the RCU.
  func name(in scenario: inout Scenario) {
    scenario.lend([pointer])
    scenario.name(pointer, "second pointer")
    scenario.name(page, "page")
  }

  /// Carries out an act; the CPU's own pointer leads to `object`, or for `pass` the first pointer does.
  func carryOut(_ act: RCULab.Second, _ object: Int) {
    switch act {
    case .publish, .pass:
      page.write(1)
      publish(object)
    case .follow: if dereference() != 0 { _ = page.read() }
    case .carry(let number):
      publish(number)
      observe(SeenOfRCU.isAsPublished, dereference() == number ? 1 : 0)
    }
  }

  private func publish(_ object: Int) {
    rcu.call("publish(\(object), to: second pointer)") { $0.publish(object, to: pointer) }
  }

  private func dereference() -> Int { rcu.call("dereference(second pointer)") { $0.dereference(pointer) } }
}
