/// A component that a scenario may put into a slot of the kernel, with the names of both.
///
/// To let scenarios name another component, add a row.
public struct SlotChoice: Sendable, Equatable {
  /// The name of the slot.
  public let slot: String
  /// The name of the component.
  public let component: String
  /// Puts the component into the slot.
  let plug: @Sendable (inout Components) -> Void

  private init(_ slot: String, _ component: String, _ plug: @escaping @Sendable (inout Components) -> Void) {
    self.slot = slot
    self.component = component
    self.plug = plug
  }

  /// Everything that a scenario may name; the first choice for each slot is the baseline.
  public static let all = [
    SlotChoice("pids", "counting") { $0.processes.pids = CountingPIDs.self },
    SlotChoice("exec-loader", "plain") { $0.processes.execLoader = PlainLoader.self },
    SlotChoice("fair", "round-robin") { $0.scheduling.fair = RoundRobin.self },
    SlotChoice("fair", "first-come-first-served") { $0.scheduling.fair = FirstComeFirstServed.self },
    SlotChoice("fair", "shortest-job-first") { $0.scheduling.fair = ShortestJobFirst.self },
    SlotChoice("fair", "multilevel-feedback") { $0.scheduling.fair = MultilevelFeedback.self },
    SlotChoice("realtime", "round-robin") { $0.scheduling.realtime = RoundRobin.self },
    SlotChoice("pipe", "simple") { $0.ipc.pipe = SimplePipe.self },
    SlotChoice("page-allocator", "first-fit") { $0.memory.pageAllocator = FirstFit.self },
    SlotChoice("mutex", "plain") { $0.synchronization.mutex = PlainMutex.self },
  ]

  /// The choices for `slot`.
  package static func choices(for slot: String) -> [SlotChoice] { all.filter { $0.slot == slot } }

  /// The names of the slots, each once.
  package static var slots: [String] { all.map(\.slot).reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }

  /// Whether both put the same component into the same slot.
  public static func == (left: SlotChoice, right: SlotChoice) -> Bool {
    left.slot == right.slot && left.component == right.component
  }
}

extension SlotChoice: Codable {
  /// Reads the names that `encode(to:)` writes.
  public init(from decoder: any Decoder) throws {
    var names = try decoder.unkeyedContainer()
    let (slot, component) = (try names.decode(String.self), try names.decode(String.self))
    guard let choice = SlotChoice.choices(for: slot).first(where: { $0.component == component }) else {
      throw DecodingError.dataCorruptedError(in: names, debugDescription: "no component is called so")
    }
    self = choice
  }

  /// Writes both names.
  public func encode(to encoder: any Encoder) throws {
    var names = encoder.unkeyedContainer()
    try names.encode(slot)
    try names.encode(component)
  }
}
