extension RuleTable {
  /// RCU: readers and updaters, how often, from where, and under which memory model.
  static let rcu = RuleTable(
    "rcu",
    contexts: [
      "alone", "second-cpu", "second-reader", "cpu-number", "second-time", "many-times", "nested", "two-updaters",
      "callback", "inside-a-section", "tso", "ra",
    ],
    empty: readers.merging(updaters) { one, _ in one }.merging(callbacks) { one, _ in one })

  private static let readers: [String: [String: String]] = [
    "publication": [
      "alone": ownStores, "second-reader": "each reader has an acquire of its own",
      "many-times": third, "two-updaters": "each updater has a pointer of its own", "tso": race,
    ],
    "nesting": [
      "alone": "there is no updater that could tell",
      "two-updaters": "two updaters look at the same words",
      "callback": "callbacks run outside of sections", "tso": ownState, "ra": ownState,
    ],
    "readers-never-wait": [
      "alone": "there is nothing to wait for", "second-reader": "a reader that waits does so beside any other",
      "cpu-number": "a wait is a place in the code, whichever CPU comes to it", "many-times": third,
      "tso": noModel, "ra": noModel,
    ],
    "late-sections": [
      "alone": "there is no other section", "inside-a-section": notInside,
      "tso": "what must be possible is possible where one thing happens after the other",
      "ra": "what must be possible is possible where one thing happens after the other",
    ],
  ]

  private static let updaters: [String: [String: String]] = [
    "grace-period": [
      "alone": "its own section is over", "two-updaters": "that is the rule at-once",
      "callback": "that is the rule of the callback's grace period", "inside-a-section": notInside,
      "tso": "a section that is not seen in time is the rule sees-the-update",
      "ra": "a section that is not seen in time is the rule sees-the-update",
    ],
    "done-before-it-returns": [
      "alone": ownStores, "many-times": third, "two-updaters": "each updater has an acquire of its own",
      "inside-a-section": notInside, "tso": race, "ra": race,
    ],
    "sees-the-update": [
      "alone": ownStores, "second-cpu": "where one thing happens after the other each look is in time",
      "second-reader": "each section has a barrier of its own", "many-times": third,
      "nested": "only the outermost readLock is seen by others",
      "two-updaters": "each updater has a barrier of its own", "inside-a-section": notInside,
    ],
    "waits-for-sections-only": [
      "second-reader": "a CPU outside of sections is waited for, or it is not, beside any other", "many-times": third,
      "inside-a-section": notInside, "tso": inTime, "ra": inTime,
    ],
    "at-once": [
      "alone": twoUpdaters, "second-cpu": twoUpdaters,
      "second-reader": "a reader that is overlooked is overlooked beside any other",
      "cpu-number": "an updater that relies on another does so on any CPU", "many-times": third,
      "nested": "an updater does not see how deep a section is", "inside-a-section": notInside,
      "tso": "what is not seen in time is the rule sees-the-update",
      "ra": "what is not seen in time is the rule sees-the-update",
    ],
  ]

  private static let callbacks: [String: [String: String]] = [
    "callbacks-in-order": [
      "second-cpu": ownList, "second-reader": ownList, "cpu-number": ownList, "two-updaters": ownList,
      "tso": ownState, "ra": ownState,
    ],
    "callbacks-after-a-grace-period": [
      "alone": "there is no section that could be overlooked",
      "nested": "a barrier does not see how deep a section is",
    ],
    "call-never-waits": [
      "alone": "there is nothing to wait for", "second-reader": "a call that waits for one reader waits for each",
      "cpu-number": "a wait is a place in the code, whichever CPU comes to it",
      "nested": "a section within a section is a section",
      "callback": "a barrier may wait, and no other CPU can tell which of its parts does", "tso": noModel,
      "ra": noModel,
    ],
    "callbacks-may-call": [
      "alone": "every case of this rule has a callback", "second-reader": ownList, "cpu-number": ownList,
      "nested": "a callback runs in no section", "two-updaters": ownList,
      "inside-a-section": "a callback runs in no section", "tso": ownState, "ra": ownState,
    ],
    "callbacks-in-barrier": [
      "second-cpu": ownList, "second-reader": ownList, "cpu-number": ownList,
      "nested": "a section within a section is a section", "two-updaters": ownList,
      "callback": "a callback that runs within another is the rule callbacks-may-call", "tso": ownState, "ra": ownState,
    ],
  ]

  private static let ownStores = "a CPU sees its own stores"
  private static let ownState = "depth and callbacks are not shared memory"
  private static let ownList = "each CPU has a list of its own, and callbacks of its own"
  private static let third = "the third time finds what the second left"
  private static let race = "a missing order is a data race where one thing happens after the other, too"
  private static let notInside = "synchronize and barrier are not called in a section"
  private static let inTime = "every store is seen eventually, under every model"
  private static let noModel = "whether code waits does not depend on the model"
  private static let twoUpdaters = "every case of this rule has two updaters"
}
