extension RuleTable {
  /// The ticket lock: which CPUs there are and what they did before, interrupts, memory models.
  static let ticketLock = RuleTable(
    "ticket-lock",
    contexts: [
      "alone", "second-cpu", "third-cpu", "many", "roles", "with-try", "interrupts-off", "handler", "tso", "ra",
    ],
    empty: [
      "free": [
        "third-cpu": "what a second CPU finds is what a third finds",
        "handler": "what a handler leaves behind is what any CPU leaves behind",
        "tso": inTime, "ra": inTime,
      ],
      "exclusion": ["alone": "there is no other CPU"],
      "every-lock-returns": [
        "alone": "with one CPU it is the rule that the lock is free",
        "handler": "a handler that waits in lock() is a CPU that waits",
        "tso": inTime, "ra": inTime,
      ],
      "first-come": [
        "alone": "there is no other CPU",
        "handler": "a handler that waits in lock() is a CPU that waits",
        "tso": drawn, "ra": drawn,
      ],
      "try-answers": [
        "handler": "a handler calls the same tryLock() as its CPU",
        "tso": "a CPU that may expect an answer has got a signal, and sees what was stored before",
        "ra": "a CPU that may expect an answer has got a signal, and sees what was stored before",
      ],
      "try-leaves-nothing": [
        "with-try": always,
        "interrupts-off": "whether a tryLock() keeps interrupts is a rule of its own",
        "tso": inTime, "ra": inTime,
      ],
      "try-never-waits": [
        "alone": "there is no CPU to wait for",
        "roles": "a wait is a place in the code, whichever CPU comes to it",
        "tso": "whether code waits does not depend on the model",
        "ra": "whether code waits does not depend on the model",
      ],
      "try-in-line": [
        "alone": "there is no CPU that waits", "with-try": always,
        "tso": drawn, "ra": drawn,
      ],
      "acquire-release": [
        "alone": ownStores, "handler": "a handler calls the same functions as its CPU", "tso": storesInOrder,
      ],
      "try-acquires": [
        "alone": ownStores, "with-try": always, "handler": "a handler calls the same tryLock() as its CPU",
        "tso": storesInOrder,
      ],
      "interrupts-kept": [
        "roles": "interrupts are on or off for each CPU alone, and the code is the same",
        "handler": "a handler finds interrupts on or off like any other code",
        "tso": "interrupts are not memory", "ra": "interrupts are not memory",
      ],
      "handlers": [
        "third-cpu": "what a second CPU does beside a handler is what a third does",
        "roles": "interrupts come to each CPU alike",
        "with-try": always,
        "interrupts-off": "with interrupts off no handler comes",
        "tso": ownStores, "ra": ownStores,
      ],
    ])

  private static let inTime = "every store is seen eventually, under every model"
  private static let drawn = "a CPU is queued by an update, which is never late"
  private static let always = "every case of this rule is about tryLock()"
  private static let ownStores = "a CPU sees its own stores"
  private static let storesInOrder = "TSO keeps the order of stores, and that of loads"
}
