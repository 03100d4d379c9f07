extension RuleTable {
  /// The realtime lab.
  ///
  /// The contexts: in the plainest case; at the ends of the scale and of the words of the bitmap; in a level with more
  /// than eight tasks; after it has been done many times; on the second, third and fourth CPU; beside tasks of the
  /// other policy; for a task that has slept, changed, or has the row of a task that has ended.
  static let realtime = RuleTable(
    "realtime", contexts: ["plain", "levels", "crowd", "many", "cpus", "policies", "history"],
    empty: [
      "most-urgent": [
        "crowd": "How many equals a task has does not decide which level is served.",
        "many": "Nothing is counted here: what is done often is tested with turn and yield-tail.",
        "policies": "Both policies have the same levels.",
        "history": "What is known of a task from before is tested with begins, wakes and the slices.",
      ],
      "levels": [
        "crowd": "A level is the same however many tasks it has.",
        "many": "Nothing is counted here: what is done often is tested with turn and yield-tail.",
        "cpus": "Every CPU has the same class, and the rule speaks of one of them.",
        "policies": "Both policies have the same levels.",
        "history": "A level belongs to a priority, whatever a task has done.",
      ],
      "level-empties": [
        "many": "Nothing is counted here: what is done often is tested with turn and yield-tail.",
        "policies": "Both policies have the same levels.",
        "history": "What is known of a task from before is tested with begins, wakes and the slices.",
      ],
      "head": [
        "levels": "The queues of all levels are alike: they are tested with begins, turn and yield-tail.",
        "many": "Nothing is counted here: what is done often is tested with turn and yield-tail.",
        "cpus": "Every CPU has the same class, and the rule speaks of one of them.",
        "history": "What is known of a task from before is tested with begins, wakes and the slices.",
      ],
      "begins": [
        "many": "Nothing is counted here: what is done often is tested with turn and yield-tail.",
        "policies": "The policy of the tasks around it plays no part.",
      ],
      "wakes": [
        "levels": "The queues of all levels are alike: they are tested with begins, turn and yield-tail.",
        "many": "Nothing is counted here: what is done often is tested with turn and yield-tail.",
      ],
      "raised": [
        "many": "Nothing is counted here: what is done often is tested with turn and yield-tail.",
        "policies": "The policy of the tasks around it plays no part.",
        "history": "What is known of a task from before is tested with begins, wakes and the slices.",
      ],
      "lowered": [
        "many": "Nothing is counted here: what is done often is tested with turn and yield-tail.",
        "policies": "The policy of the tasks around it plays no part.",
        "history": "What is known of a task from before is tested with begins, wakes and the slices.",
      ],
      "unmoved": [
        "levels": "The queues of all levels are alike: they are tested with begins, turn and yield-tail.",
        "many": "Nothing is counted here: what is done often is tested with turn and yield-tail.",
        "cpus": "Every CPU has the same class, and the rule speaks of one of them.",
        "policies": "The policy changes in every case of this rule.",
      ],
      "preempts": [
        "crowd": "Equals of either task play no part.",
        "many": "Nothing is counted here: what is done often is tested with turn and yield-tail.",
        "policies": "Both policies have the same levels.",
        "history": "What is known of a task from before is tested with begins, wakes and the slices.",
      ],
      "equal-waits": [
        "levels": "The queues of all levels are alike: they are tested with begins, turn and yield-tail.",
        "many": "Nothing is counted here: what is done often is tested with turn and yield-tail.",
        "history": "What is known of a task from before is tested with begins, wakes and the slices.",
      ],
      "keeps-place": [
        "policies": "The policy of the tasks around it plays no part.",
        "history": "What is known of a task from before is tested with begins, wakes and the slices.",
      ],
      "yield-tail": [
        "history": "What is known of a task from before is tested with begins, wakes and the slices."
      ],
      "yield-level": [
        "crowd": "A task that has equals lets them go first, which is another rule.",
        "policies": "A task that has equals lets them go first, which is another rule.",
        "history": "What is known of a task from before is tested with begins, wakes and the slices.",
      ],
      "fifo-no-slice": [
        "levels": "The queues of all levels are alike: they are tested with begins, turn and yield-tail.",
        "crowd": "A queue is the same however long it is: crowds are tested with begins, turn and yield-tail.",
        "history": "What is known of a task from before is tested with begins, wakes and the slices.",
      ],
      "turn": [
        "history": "What is known of a task from before is tested with begins, wakes and the slices."
      ],
      "refill": [
        "levels": "The queues of all levels are alike: they are tested with begins, turn and yield-tail.",
        "crowd": "A queue is the same however long it is: crowds are tested with begins, turn and yield-tail.",
        "policies": "The policy of the tasks around it plays no part.",
      ],
      "alone": [
        "levels": "The queues of all levels are alike: they are tested with begins, turn and yield-tail.",
        "crowd": "A task that is alone has no equals.",
        "policies": "A task that is alone has no equals.",
      ],
      "slice-preempted": [
        "levels": "The queues of all levels are alike: they are tested with begins, turn and yield-tail.",
        "crowd": "A queue is the same however long it is: crowds are tested with begins, turn and yield-tail.",
      ],
      "slice-asleep": [
        "levels": "The queues of all levels are alike: they are tested with begins, turn and yield-tail.",
        "crowd": "A queue is the same however long it is: crowds are tested with begins, turn and yield-tail.",
        "many": "Nothing is counted here: what is done often is tested with turn and yield-tail.",
      ],
      "slice-yielding": [
        "levels": "The queues of all levels are alike: they are tested with begins, turn and yield-tail.",
        "crowd": "A queue is the same however long it is: crowds are tested with begins, turn and yield-tail.",
        "policies": "The policy of the tasks around it plays no part.",
      ],
      "slice-changed": [
        "levels": "The queues of all levels are alike: they are tested with begins, turn and yield-tail.",
        "many": "Nothing is counted here: what is done often is tested with turn and yield-tail.",
        "policies": "The policy of the tasks around it plays no part.",
      ],
      "own-cpu": [
        "levels": "A CPU has all levels or none.",
        "crowd": "A queue is the same however long it is: crowds are tested with begins, turn and yield-tail.",
        "many": "Nothing is counted here: what is done often is tested with turn and yield-tail.",
        "policies": "The policy of the tasks around it plays no part.",
      ],
      "hands-off": [
        "levels": "The queues of all levels are alike: they are tested with begins, turn and yield-tail.",
        "crowd": "A queue is the same however long it is: crowds are tested with begins, turn and yield-tail.",
        "policies": "The policy of the tasks around it plays no part.",
      ],
    ])
}
