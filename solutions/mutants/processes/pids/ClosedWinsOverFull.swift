// Misconception: a closed namespace is closed, full or not.
// Breaks: full in inside
// Killed by: full-levels, failures
import LabKernel

struct BitmapPIDs: PIDAllocator {
  private struct Entry {
    var number: Int
    var pid: Int
  }

  private struct Place {
    var outer = -1
    var depth = 0
    var references = 1
    var dead = false
    var cursor = 1
    var entries: [Entry] = []

    /// The index of the first entry at or above a number.
    func index(of number: Int) -> Int {
      var (low, high) = (0, entries.count)
      while low < high {
        let middle = (low + high) / 2
        if entries[middle].number < number { low = middle + 1 } else { high = middle }
      }
      return low
    }

    /// The first number at or above `start` that no entry has: where numbers and indexes differ for the first time.
    func gap(from start: Int) -> Int {
      let first = index(of: start)
      var (low, high) = (first, entries.count)
      while low < high {
        let middle = (low + high) / 2
        if entries[middle].number - middle == start - first { low = middle + 1 } else { high = middle }
      }
      return start + low - first
    }
  }

  private let limit: Int
  private var places = [Place()]
  private var oldPlaces: [Int] = []
  private var pids: [[Int]] = []
  private var homes: [Int] = []
  private var oldPIDs: [Int] = []

  init(limit: Int) { self.limit = limit }

  mutating func makeNamespace(in parent: PIDNamespaceID) throws(Errno) -> PIDNamespaceID {
    guard places[parent.index].depth < 32 else { throw .ENOSPC }
    places[parent.index].references += 1
    var new = Place()
    (new.outer, new.depth) = (parent.index, places[parent.index].depth + 1)
    guard !oldPlaces.isEmpty else {
      places.append(new)
      return PIDNamespaceID(places.count - 1)
    }
    let row = oldPlaces.removeFirst()
    places[row] = new
    return PIDNamespaceID(row)
  }

  mutating func retain(_ namespace: PIDNamespaceID) { places[namespace.index].references += 1 }
  mutating func release(_ namespace: PIDNamespaceID) { drop(namespace.index) }

  private mutating func drop(_ place: Int) {
    places[place].references -= 1
    guard places[place].references == 0, place != 0 else { return }
    oldPlaces.append(place)
    drop(places[place].outer)
  }

  mutating func allocate(in namespace: PIDNamespaceID) throws(Errno) -> PIDHandle {
    let home = namespace.index
    var numbers: [Int] = []
    var place = home
    while place >= 0 {
      var number = places[place].gap(from: places[place].cursor)
      if number >= limit, places[place].cursor > 300 { number = places[place].gap(from: 300) }
      if number >= limit {
        restart(home)
        throw places[home].dead ? .ENOMEM : .EAGAIN
      }
      places[place].cursor = number + 1
      numbers.append(number)
      place = places[place].outer
    }
    if places[home].dead {
      restart(home)
      throw .ENOMEM
    }
    let pid = oldPIDs.isEmpty ? pids.count : oldPIDs.removeFirst()
    if pid == pids.count {
      pids.append(numbers)
      homes.append(home)
    } else {
      pids[pid] = numbers
      homes[pid] = home
    }
    // Each number keeps its namespace in use.
    place = home
    for number in numbers {
      places[place].entries.insert(Entry(number: number, pid: pid), at: places[place].index(of: number))
      places[place].references += 1
      place = places[place].outer
    }
    return PIDHandle(pid)
  }

  private mutating func restart(_ home: Int) {
    if !places[home].dead, places[home].entries.isEmpty { places[home].cursor = 1 }
  }

  mutating func free(_ pid: PIDHandle) {
    var rows: [Int] = []
    var place = homes[pid.index]
    for number in pids[pid.index] {
      places[place].entries.remove(at: places[place].index(of: number))
      if places[place].entries.isEmpty { places[place].dead = true }
      rows.append(place)
      place = places[place].outer
    }
    oldPIDs.append(pid.index)
    for row in rows { drop(row) }
  }

  mutating func close(_ namespace: PIDNamespaceID) { places[namespace.index].dead = true }

  func number(of pid: PIDHandle, in namespace: PIDNamespaceID) -> PID {
    var place = homes[pid.index]
    for number in pids[pid.index] {
      if place == namespace.index { return PID(number) }
      place = places[place].outer
    }
    return 0
  }

  func find(_ number: Int, in namespace: PIDNamespaceID) -> PIDHandle? {
    let found = entry(number, namespace)
    return found?.number == number ? found.map { PIDHandle($0.pid) } : nil
  }

  func find(atOrAbove number: Int, in namespace: PIDNamespaceID) -> PIDHandle? {
    entry(number, namespace).map { PIDHandle($0.pid) }
  }

  private func entry(_ number: Int, _ namespace: PIDNamespaceID) -> Entry? {
    let index = places[namespace.index].index(of: number)
    return index < places[namespace.index].entries.count ? places[namespace.index].entries[index] : nil
  }

  func namespace(of pid: PIDHandle) -> PIDNamespaceID { PIDNamespaceID(homes[pid.index]) }
  func parent(of namespace: PIDNamespaceID) -> PIDNamespaceID? {
    namespace.index == 0 ? nil : PIDNamespaceID(places[namespace.index].outer)
  }
  func level(of namespace: PIDNamespaceID) -> Int { places[namespace.index].depth }
  func count(in namespace: PIDNamespaceID) -> Int { places[namespace.index].entries.count }
}
