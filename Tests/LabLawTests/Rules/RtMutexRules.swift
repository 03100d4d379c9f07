extension RuleTable {
  /// The rt-mutex lab.
  ///
  /// The contexts: in the plainest case; for mutexes with large numbers; with more than eight waiters; far along a chain;
  /// for a task that has several mutexes; after it has been done many times; for ordinary tasks; at priorities 99 and 1;
  /// after a time-out, a refusal, a hand-over or a change of priority.
  static let rtMutex = RuleTable(
    "rt-mutex", contexts: ["plain", "numbers", "crowd", "chain", "several", "again", "ordinary", "limits", "history"],
    empty: [
      "acquires": [
        "crowd": "How many tasks wait plays no part.",
        "chain": "The rule speaks of one mutex and not of a chain.",
        "ordinary": "The rule does not look at priorities.",
        "limits": "The rule does not look at priorities.",
      ],
      "waits": [
        "numbers": "The same record of a mutex as with inherits and order.",
        "crowd": "How many tasks wait plays no part.",
        "chain": "The rule speaks of one mutex and not of a chain.",
        "several": "What else the caller has plays no part.",
        "again": "Nothing is counted here: the hundredth time is the first again.",
      ],
      "any-mutex": [
        "crowd": "How many tasks wait plays no part.",
        "chain": "The rule speaks of one mutex and not of a chain.",
        "again": "Nothing is counted here: the hundredth time is the first again.",
        "ordinary": "The rule does not look at priorities.",
        "limits": "The rule does not look at priorities.",
      ],
      "order": [
        "several": "What else the task has plays no part.",
      ],
      "equals": [
        "several": "What else the task has plays no part.",
      ],
      "moved-up": [
        "several": "What else the task has plays no part.",
      ],
      "moved-down": [
        "several": "What else the task has plays no part.",
        "again": "Nothing is counted here: the hundredth time is the first again.",
      ],
      "keeps-place": [
        "numbers": "The same record of a mutex as with inherits and order.",
        "again": "Nothing is counted here: the hundredth time is the first again.",
        "limits": "The same comparison as with moved-up and moved-down.",
      ],
      "hands-over": [
        "chain": "The rule speaks of one mutex and not of a chain.",
        "several": "What else the task has plays no part.",
        "limits": "The rule does not look at priorities.",
        "history": "What has happened before leaves nothing that this rule reads.",
      ],
      "new-owner": [
        "numbers": "The same record of a mutex as with inherits and order.",
        "chain": "The rule speaks of one mutex and not of a chain.",
        "several": "What else the task has plays no part.",
        "again": "Nothing is counted here: the hundredth time is the first again.",
        "limits": "The rule does not look at priorities.",
      ],
      "becomes-free": [
        "crowd": "How many tasks wait plays no part.",
        "chain": "The rule speaks of one mutex and not of a chain.",
        "several": "What else the task has plays no part.",
        "ordinary": "The rule does not look at priorities.",
        "limits": "The rule does not look at priorities.",
      ],
      "not-owner": [
        "crowd": "How many tasks wait plays no part.",
        "chain": "The rule speaks of one mutex and not of a chain.",
        "again": "Nothing is counted here: the hundredth time is the first again.",
        "ordinary": "The rule does not look at priorities.",
      ],
      "gives-up": [
        "several": "A task waits for one mutex at a time.",
        "again": "Nothing is counted here: the hundredth time is the first again.",
      ],
      "owner-changed": [
        "chain": "The rule speaks of one mutex and not of a chain.",
        "again": "Nothing is counted here: the hundredth time is the first again.",
      ],
      "waiter-changed": [
        "several": "What else the task has plays no part.",
        "again": "Nothing is counted here: the hundredth time is the first again.",
      ],
      "deadlock-self": [
        "chain": "A task that has the mutex itself is a chain of no length.",
        "again": "Nothing is counted here: the hundredth time is the first again.",
        "ordinary": "The rule does not look at priorities.",
        "limits": "The rule does not look at priorities.",
      ],
      "deadlock-ring": [
        "several": "Every task of a ring has a mutex and wants another.",
        "again": "Nothing is counted here: the hundredth time is the first again.",
        "ordinary": "The rule does not look at priorities.",
        "limits": "The rule does not look at priorities.",
      ],
      "no-false-alarm": [
        "again": "Nothing is counted here: the hundredth time is the first again.",
        "ordinary": "The rule does not look at priorities.",
        "limits": "The rule does not look at priorities.",
      ],
      "refusal": [
        "numbers": "The same record of a mutex as with inherits and order.",
        "crowd": "How many tasks wait plays no part.",
        "again": "Nothing is counted here: the hundredth time is the first again.",
      ],
      "owner-of": [
        "crowd": "How many tasks wait plays no part.",
        "chain": "The rule speaks of one mutex and not of a chain.",
        "several": "What else the task has plays no part.",
        "again": "Nothing is counted here: the hundredth time is the first again.",
        "ordinary": "The rule does not look at priorities.",
        "limits": "The rule does not look at priorities.",
      ],
      "ordinary": [
        "numbers": "The same record of a mutex as with inherits and order.",
        "crowd": "How many tasks wait plays no part.",
        "chain": "The rule speaks of one mutex and not of a chain.",
        "several": "What else the task has plays no part.",
        "again": "Nothing is counted here: the hundredth time is the first again.",
        "limits": "The rule does not look at priorities.",
      ],
      "hands-off": [
        "numbers": "The same record of a mutex as with inherits and order.",
        "crowd": "How many tasks wait plays no part.",
        "chain": "What is written into a task does not depend on where it stands.",
        "several": "What else the task has plays no part.",
        "again": "Nothing is counted here: the hundredth time is the first again.",
        "ordinary": "The rule does not look at priorities.",
        "limits": "The rule does not look at priorities.",
      ],
    ])
}
