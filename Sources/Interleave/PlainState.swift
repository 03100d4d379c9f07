/// The stored properties of objects that are neither atomics nor cells, with their values, written out.
///
/// Each CPU's code runs on objects of its own. A property of any other type that a code changes is therefore not
/// shared, even if its author meant it to be; comparing two of these values shows that.
struct PlainState {
  private var values: [(name: String, value: String)] = []
  /// Whether there are only lists of atomics and cells, of which only the length is not shared.
  private(set) var isOfLists = true

  /// Records what `subjects` hold now.
  init(of subjects: [Any]) {
    for subject in subjects { add(subject, "", depth: 0) }
  }

  /// Returns the names of the properties whose values differ from those in `before`.
  func changes(since before: PlainState) -> [String] {
    zip(before.values, values).filter { $0.value != $1.value }.map(\.1.name)
  }

  private mutating func add(_ value: Any, _ name: String, depth: Int) {
    if value is Atomic || value is SharedCell || value is CriticalSection { return }
    if let count = (value as? [Atomic])?.count ?? (value as? [SharedCell])?.count {
      values.append((name, "\(count)"))
      return
    }
    let mirror = Mirror(reflecting: value)
    let isObject = mirror.displayStyle == .class || mirror.displayStyle == .struct
    guard isObject, !mirror.children.isEmpty, depth < 4 else {
      if !name.isEmpty {
        values.append((name, "\(value)"))
        isOfLists = false
      }
      return
    }
    for (index, child) in mirror.children.enumerated() {
      let label = child.label ?? "\(index)"
      add(child.value, name.isEmpty ? label : "\(name).\(label)", depth: depth + 1)
    }
  }
}
