/// Why one event of an execution is not ordered before another: the path from one to the other, and the step on it that
/// orders nothing.
///
/// A path leads along the code of each CPU, and from one CPU to another where a value was handed over. It belongs to
/// this execution and is not guaranteed by the memory model; its first step without a guarantee is the mistake.
struct MissingOrder {
  /// A step from one CPU to another.
  private struct Link {
    /// What the second event did with the value of the first.
    enum Kind {
      /// It read the value.
      case read
      /// It stored a newer value.
      case overwritten
      /// It stored a newer value than the first had read.
      case passed
    }
    var from: Int
    var to: Int
    var kind: Kind
  }

  private enum Mistake {
    /// The store of this event does not release, or the load of this event does not acquire.
    case store(Int)
    case load(Int)
    /// The second store replaced the first, which was to be read.
    case overwritten(Int, by: Int)
    /// No full fence stands between the events of each pair.
    case fences([(Int, Int)])
  }

  private let mistake: Mistake
  /// The events that the sentence mentions.
  let events: Set<Int>

  /// Looks for the path from `first` to `last`; nil if there is none, or if nothing is missing on it.
  ///
  /// - Parameter allowsReversal: whether the path may also lead from a load to a newer store than the one that it read.
  ///   Such a step orders nothing on its own; only full fences prevent the opposite order.
  init?(from first: Int, to last: Int, in replay: Replay, allowsReversal: Bool) {
    let ways = Self.ways(from: first, to: last, replay, allowsReversal: allowsReversal)
    for way in ways {
      guard let mistake = Self.mistake(on: way, from: first, to: last, replay) else { continue }
      self.mistake = mistake
      events = Set(way.flatMap { [$0.from, $0.to] } + [first, last])
      return
    }
    return nil
  }

  /// The paths that are worth examining, the most telling first.
  private static func ways(from first: Int, to last: Int, _ replay: Replay, allowsReversal: Bool) -> [[Link]] {
    let read = way(from: first, to: last, replay, [.read])
    let overwritten = way(from: first, to: last, replay, [.read, .overwritten])
    // A release that was overwritten says more than what the overwriting CPU had failed to do before.
    let isReplaced =
      overwritten?.first.map {
        $0.kind == .overwritten && replay.frames[$0.from].event.operation.ordering.releases
          && !replay.frames[$0.to].event.operation.ordering.releases
      } ?? false
    var ways = isReplaced && (read?.count ?? .max) > 1 ? [overwritten, read] : [read, overwritten]
    if allowsReversal { ways.append(way(from: first, to: last, replay, [.read, .overwritten, .passed])) }
    return ways.compactMap { $0 }
  }

  /// The shortest path; of several, the one whose last steps are the latest.
  private static func way(from first: Int, to last: Int, _ replay: Replay, _ kinds: [Link.Kind]) -> [Link]? {
    let cpu = replay.frames[first].event.cpu
    var queue: [(event: Int, way: [Link])] = [(last, [])]
    var visited: Set<Int> = []
    var next = 0
    while next < queue.count {
      let (end, way) = queue[next]
      next += 1
      for event in stride(from: end, through: 0, by: -1)
      where replay.frames[event].event.cpu == replay.frames[end].event.cpu {
        let isReadNext = event == end && way.first?.kind == .read
        for link in links(to: event, replay) where kinds.contains(link.kind) {
          // Without reversals, an overwritten value matters only if it was to be read.
          guard link.kind != .overwritten || isReadNext || kinds.contains(.passed) else { continue }
          guard visited.insert(link.from).inserted else { continue }
          if replay.frames[link.from].event.cpu == cpu, link.from >= first { return [link] + way }
          queue.append((link.from, [link] + way))
        }
      }
    }
    return nil
  }

  /// The steps that lead to an event from events of other CPUs.
  private static func links(to event: Int, _ replay: Replay) -> [Link] {
    let frame = replay.frames[event]
    var links = frame.source.map { [Link(from: $0, to: event, kind: .read)] } ?? []
    if frame.event.writes {
      let order = replay.orders[frame.event.operation.location]
      let before = order.prefix { $0 != event }
      links += before.reversed().map { Link(from: $0, to: event, kind: .overwritten) }
      links += replay.frames.indices.filter { other in
        let reader = replay.frames[other]
        guard other != event, reader.event.reads, reader.event.operation.location == frame.event.operation.location
        else {
          return false
        }
        return reader.source.map(before.contains) ?? true
      }.map { Link(from: $0, to: event, kind: .passed) }
    }
    return links.filter { replay.frames[$0.from].event.cpu != frame.event.cpu }
  }

  private static func mistake(on way: [Link], from first: Int, to last: Int, _ replay: Replay) -> Mistake? {
    for (number, link) in way.enumerated() where link.kind == .overwritten {
      let isReadNext = number + 1 < way.count && way[number + 1].kind == .read && way[number + 1].from == link.to
      if isReadNext { return .overwritten(link.from, by: link.to) }
    }
    if way.contains(where: { $0.kind != .read }) { return fences(on: way, from: first, to: last, replay) }
    var start = first
    for (number, link) in way.enumerated() {
      // An update hands on what it has read, whatever its own ordering.
      let isHandedOn = number > 0 && way[number - 1].to == link.from
      if !isHandedOn, !releases(link.from, since: start, replay) { return .store(link.from) }
      start = link.to
      let next = number + 1 < way.count ? way[number + 1].from : last
      if next != link.to || number + 1 == way.count, !acquires(link.to, until: next, replay) { return .load(link.to) }
    }
    return nil
  }

  private static func releases(_ store: Int, since start: Int, _ replay: Replay) -> Bool {
    let event = replay.frames[store].event
    return event.operation.ordering.releases
      || replay.frames[start..<store].contains { $0.isFence(of: event.cpu, \.releases) }
  }

  private static func acquires(_ load: Int, until end: Int, _ replay: Replay) -> Bool {
    let event = replay.frames[load].event
    return event.operation.ordering.acquires
      || replay.frames[load...end].contains { $0.isFence(of: event.cpu, \.acquires) }
  }

  /// The stretches of the path within one CPU that contain no full fence.
  private static func fences(on way: [Link], from first: Int, to last: Int, _ replay: Replay) -> Mistake? {
    let ends = zip([first] + way.map(\.to), way.map(\.from) + [last])
    let bare = ends.filter { start, end in
      let cpu = replay.frames[start].event.cpu
      return start < end && !replay.frames[start...end].contains { $0.isFence(of: cpu, \.isSequential) }
    }
    return bare.isEmpty ? nil : .fences(bare)
  }
}

extension MissingOrder {
  /// Describes what is missing, and in which line.
  func words(_ replay: Replay, _ unfolding: Unfolding) -> String {
    func its(_ event: Int) -> String { unfolding.noun(for: replay.frames[event].event) }
    func whose(_ event: Int) -> String { "CPU \(replay.frames[event].event.cpu)'s " + its(event) }
    switch mistake {
    case .store(let event):
      let order = replay.orders[replay.frames[event].event.operation.location]
      let old = order.firstIndex(of: event).flatMap { $0 > 0 ? order[$0 - 1] : nil }
      let isReplaced = old.map { replay.frames[$0].event.operation.ordering.releases } ?? false
      return whose(event) + " does not release, and "
        + (isReplaced ? "overwrote " + whose(old ?? event) + ", which does" : "no releasing fence comes before it")
    case .load(let event): return whose(event) + " does not acquire, and no acquiring fence comes after it"
    case .overwritten(let old, let new):
      return whose(new) + " overwrote " + whose(old) + ", and a load that sees it is not ordered after CPU "
        + "\(replay.frames[old].event.cpu)"
    case .fences(let pairs):
      let places = pairs.map { "between \(whose($0.0)) and its \(its($0.1))" }
      let isOne = places.count == 1
      return "only " + (isOne ? "a full fence " : "full fences ") + places.joined(separator: " and ")
        + (isOne ? " forbids that" : " forbid that")
    }
  }
}

extension Unfolding {
  /// Describes an event in a few words: `store to flag (line 9)`.
  func noun(for event: Event) -> String {
    let operation = event.operation
    let name = operation.isAtLocation ? name(operation.location) : ""
    let what =
      event.writes && event.reads
      ? "update of \(name)" : event.writes ? "store to \(name)" : event.reads ? "load of \(name)" : "use of \(name)"
    return what + lineWords(of: event)
  }

  /// The line of an event in brackets, or nothing if the reader does not have that line.
  func lineWords(of event: Event) -> String {
    guard event.action == .operation, sources.indices.contains(event.operation.source) else { return "" }
    return PlaceText.words(sources[event.operation.source]).map { " (\($0))" } ?? ""
  }
}
