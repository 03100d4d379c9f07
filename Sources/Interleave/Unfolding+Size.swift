extension Unfolding {
  /// Where most of the operations stand and how many they are, of codes that are too large to be explored; nil where
  /// they stand nowhere.
  package var crowdedPlace: (place: String, operations: Int)? {
    var counts: [String: Int] = [:]
    for node in nodes { counts[place(of: node.operation), default: 0] += 1 }
    return counts.filter { !$0.key.isEmpty }.max { ($0.value, $1.key) < ($1.value, $0.key) }
      .map { (place: $0.key, operations: $0.value) }
  }
}
