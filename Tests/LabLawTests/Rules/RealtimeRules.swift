extension RuleTable {
  /// The realtime lab.
  ///
  /// The contexts: in the plainest case; at the ends of the scale and of the words of the bitmap; in a level with more
  /// than eight tasks; after it has been done many times; on the second, third and fourth CPU; beside tasks of the other
  /// policy; for a task that has slept, changed, or has the row of another that has ended.
  static let realtime = RuleTable(
    "realtime", contexts: ["plain", "levels", "crowd", "many", "cpus", "policies", "history"],
    empty: [
      "most-urgent": [
        "crowd": "How many equals a task has does not decide which level is served.",
        "many": "Nothing is counted here: the hundredth time is the first again.",
        "policies": "Both policies have the same levels.",
      ],
      "levels": [
        "crowd": "A level is the same however many tasks it has.",
        "many": "Nothing is counted here: the hundredth time is the first again.",
        "cpus": "Every CPU has the same class, and the rule speaks of one of them.",
        "policies": "Both policies have the same levels.",
        "history": "A level belongs to a priority, whatever a task has done.",
      ],
      "level-empties": [
        "policies": "Both policies have the same levels.",
      ],
      "head": [
        "many": "Nothing is counted here: the hundredth time is the first again.",
      ],
      "raised": [
        "many": "Nothing is counted here: the hundredth time is the first again.",
      ],
      "lowered": [
        "many": "Nothing is counted here: the hundredth time is the first again.",
      ],
      "unmoved": [
        "many": "Nothing is counted here: the hundredth time is the first again.",
        "policies": "The policy changes in every case of this rule.",
      ],
      "preempts": [
        "crowd": "Equals of either task play no part.",
        "many": "Nothing is counted here: the hundredth time is the first again.",
        "policies": "Both policies have the same levels.",
      ],
      "yield-level": [
        "crowd": "A task that has equals lets them go first, which is another rule.",
        "policies": "A task that has equals lets them go first, which is another rule.",
      ],
      "alone": [
        "crowd": "A task that is alone has no equals.",
        "policies": "A task that is alone has no equals.",
      ],
      "slice-preempted": [
        "levels": "The slice is counted in the table, the same way at every level.",
      ],
      "slice-asleep": [
        "levels": "The slice is counted in the table, the same way at every level.",
      ],
      "slice-yielding": [
        "levels": "The slice is counted in the table, the same way at every level.",
      ],
      "slice-changed": [
        "levels": "The slice is counted in the table, the same way at every level.",
      ],
      "own-cpu": [
        "levels": "A CPU has all levels or none.",
        "many": "Nothing is counted here: the hundredth time is the first again.",
        "policies": "The policy of the tasks around it plays no part.",
        "history": "To have moved is the history of this rule.",
      ],
      "hands-off": [
        "levels": "The slice is counted in the table, the same way at every level.",
        "crowd": "How many equals a task has plays no part.",
        "many": "Nothing is counted here: the hundredth time is the first again.",
      ],
    ])
}
