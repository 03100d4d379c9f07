/// What happened under release/acquire that no interleaving of plain steps explains: a stale value was read, or a store
/// was put before an earlier one.
struct Surprise {
  private let event: Int
  /// The store that should have been seen, or after which this one should have been put.
  private let other: Int?
  private let missing: MissingOrder?

  /// Finds the first surprise of an execution that something could have forbidden or, failing that, the first.
  init?(_ replay: Replay) {
    let all = replay.frames.indices.flatMap { index in Self.ignored(by: index, replay).map { (index, $0) } }
    for (index, store) in all {
      if let missing = MissingOrder(from: store, to: index, in: replay, allowsReversal: true) {
        (event, other, self.missing) = (index, store, missing)
        return
      }
    }
    guard let first = replay.frames.firstIndex(where: { $0.latest != nil || $0.successor != nil }) else { return nil }
    (event, other, missing) = (first, replay.frames[first].successor, nil)
  }

  /// Returns the stores that an event should have come after, the latest first.
  private static func ignored(by index: Int, _ replay: Replay) -> [Int] {
    let frame = replay.frames[index]
    guard frame.latest != nil || frame.successor != nil else { return [] }
    let order = replay.orders[frame.event.operation.location]
    let own = frame.successor != nil ? index : frame.source
    let later = own.flatMap { order.firstIndex(of: $0) }.map { order[($0 + 1)...] } ?? order[...]
    return later.filter { $0 < index && replay.frames[$0].event.cpu != frame.event.cpu }.reversed()
  }

  /// The events that the sentence mentions.
  var events: Set<Int> { Set([event] + (other.map { [$0] } ?? [])).union(missing?.events ?? []) }

  /// Describes what happened, and what would have forbidden it.
  func words(_ replay: Replay, _ unfolding: Unfolding) -> String {
    let frame = replay.frames[event]
    let name = unfolding.name(frame.event.operation.location)
    let why = missing.map { ": " + $0.words(replay, unfolding) }
    if let successor = frame.successor {
      let older = replay.frames[successor].event
      return "CPU \(frame.event.cpu)'s \(unfolding.noun(for: frame.event)) came later than CPU \(older.cpu)'s "
        + "\(unfolding.noun(for: older)) and was put before it" + (why ?? ": nothing forbade that")
    }
    let newer =
      frame.latest == frame.event.result ? "it had been stored to since" : "\(frame.latest ?? 0) had been stored"
    return "CPU \(frame.event.cpu) read \(name) = \(frame.event.result) although \(newer)"
      + (why ?? ": nothing that it had synchronized with made the newer value visible")
  }
}
