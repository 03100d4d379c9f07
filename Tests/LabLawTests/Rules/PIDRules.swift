extension RuleTable {
  /// The allocator of pids.
  static let pids = RuleTable(
    "pids",
    contexts: [
      "first-time", "again", "inside", "deepest", "wrapped", "after-failure", "recycled", "extreme",
    ],
    empty: [
      "next": [
        "deepest": "A level has no search of its own: the cursor rule has level 32.",
        "after-failure": "Where a search begins after a failure is the rule of failures.",
        "recycled": "What a row that is used again begins with is the rule of new namespaces.",
      ],
      "cursor": [
        "after-failure": "What a failure does to cursors is the rule of failures.",
        "extreme": "A cursor is a number, and the rule of the next number has large ones.",
      ],
      "wrap": [
        "after-failure": "What a failure does to cursors is the rule of failures."
      ],
      "levels": [
        "again": "Each pid has the same levels as the one before.",
        "wrapped": "Which number it is does not change where there is one.",
        "after-failure": "What a failure keeps is the rule of failures.",
        "extreme": "How large a number is does not change where there is one.",
      ],
      "full": [
        "recycled": "Whether a namespace is full does not depend on its row."
      ],
      "closed": [
        "extreme": "A closed namespace gives no number, however large."
      ],
      "failure": [
        "recycled": "Rows that a failure loses are the rule of handles.",
        "extreme": "How large a number is does not change that it is given back.",
      ],
      "restart": [
        "wrapped": "A namespace that has no number in use has not wrapped.",
        "recycled": "What a row that is used again begins with is the rule of new namespaces.",
        "extreme": "It is always number 1.",
      ],
      "free": [
        "after-failure": "What a failure gives back is the rule of failures.",
        "extreme": "How large a number is does not change that it is given back.",
      ],
      "last": [
        "after-failure": "A failure gives back no last number: it has taken it itself.",
        "extreme": "Which number is the last does not matter.",
      ],
      "close": [
        "wrapped": "Where the cursor is does not matter.",
        "after-failure": "A failure does not open what is closed: that is the rule of closed namespaces.",
        "extreme": "Closing takes no number.",
      ],
      "number": [
        "again": "Asking changes nothing.",
        "wrapped": "How a number was found does not matter.",
        "after-failure": "What a failure keeps is the rule of failures.",
      ],
      "find": [
        "after-failure": "What a failure keeps is the rule of failures.",
        "recycled": "The pid that had the number before is the rule of freeing.",
      ],
      "above": [
        "after-failure": "What a failure keeps is the rule of failures.",
        "recycled": "What a row that is used again begins with is the rule of new namespaces.",
      ],
      "facts": [
        "again": "Asking changes nothing.",
        "wrapped": "Which numbers are in use does not matter.",
        "after-failure": "What a failure keeps is the rule of failures.",
        "extreme": "There are 33 levels, and no others.",
      ],
      "depth": [
        "wrapped": "Numbers do not matter.",
        "after-failure": "A call that throws has made nothing.",
        "extreme": "There are 33 levels, and no others.",
      ],
      "handles": [
        "wrapped": "Numbers are no handles.",
        "extreme": "Handles are as many as pids.",
      ],
      "new-namespace": [
        "wrapped": "A new namespace has given no number.",
        "after-failure": "A call that throws has made nothing.",
        "extreme": "A new namespace has given no number.",
      ],
    ])
}
