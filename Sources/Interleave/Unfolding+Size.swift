extension Unfolding {
  /// The place with the most operations and their number, for codes that are too large to explore; nil if none has a
  /// place.
  package var crowdedPlace: (place: String, operations: Int)? {
    var counts: [String: Int] = [:]
    for node in nodes { counts[place(of: node.operation), default: 0] += 1 }
    return counts.filter { !$0.key.isEmpty }.max { ($0.value, $1.key) < ($1.value, $0.key) }
      .map { (place: $0.key, operations: $0.value) }
  }
}
