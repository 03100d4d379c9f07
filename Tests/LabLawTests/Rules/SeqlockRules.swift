extension RuleTable {
  /// The sequence lock: which CPUs read and write at the same time, interrupts, memory models.
  static let seqlock = RuleTable(
    "seqlock",
    contexts: [
      "alone", "beside-a-writer", "contended", "third-cpu", "cpu-number", "second-time", "many-times", "nested",
      "handler", "handler-and-second-cpu", "masked", "tso", "ra",
    ],
    empty: [
      "whole": [
        "alone": overBefore, "many-times": "a read section that many writes overtake is the rule sent-back",
        "handler-and-second-cpu": asAnother, "tso": storesInOrder,
        "ra": "data that is torn only under RA is the rule of orderings",
      ],
      "readers-only-load": [
        "contended": "a writer that waits is nothing that a reader sees",
        "third-cpu": "a writer that waits is nothing that a reader sees",
        "handler": sameFunctions, "handler-and-second-cpu": sameFunctions,
        "tso": "whether code stores does not depend on the model",
        "ra": "whether code stores does not depend on the model",
      ],
      "undisturbed": [
        "contended": "while writers contend, a write is in progress",
        "third-cpu": "while writers contend, a write is in progress",
        "handler": "a handler that only reads leaves nothing that a lock may look at",
        "handler-and-second-cpu": "a handler that only reads leaves nothing that a lock may look at",
        "tso": inTime, "ra": inTime,
      ],
      "sent-back": [
        "alone": overBefore, "contended": "a writer that waits has not begun its write",
        "handler-and-second-cpu": asAnother,
        "tso": "a write that an order makes visible is visible under every model",
        "ra": "a write that no order makes visible is the rule of orderings",
      ],
      "holds-nothing-up": [
        "alone": "there is nothing to delay", "contended": "a reader that delays one writer delays every writer",
        "third-cpu": "a reader that delays one writer delays every writer",
        "masked": "no interrupt comes then, and a reader that delays a writer stores", "tso": inTime, "ra": inTime,
      ],
      "one-writer": [
        "alone": "there is no other CPU", "beside-a-writer": "a reader does not write", "nested": noWriteInAWrite,
        "handler": "a handler that writes in the middle of a write is the rule interrupts-off",
        "handler-and-second-cpu": "a handler that writes in the middle of a write is the rule interrupts-off",
      ],
      "every-wait-ends": [
        "alone": "what the first write leaves behind is found the second time",
        "many-times": "the third write of a CPU finds what the second found",
        "nested": "a read section within another waits like any other",
        "handler": "a handler that waits for its own CPU is the rule interrupts-off",
        "handler-and-second-cpu": "a handler that waits for its own CPU is the rule interrupts-off",
        "masked": "whether interrupts are on changes nothing for another CPU",
      ],
      "interrupts-off": [
        "beside-a-writer": "a reader has no part in a write", "third-cpu": "a writer waits for two rivals as for one",
        "many-times": "the third write of a CPU finds what the second found", "nested": noWriteInAWrite,
        "masked": "interrupts are off already", "tso": noMemory, "ra": noMemory,
      ],
      "interrupts-as-before": [
        "many-times": "the third write of a CPU finds what the second found",
        "handler": "a handler does not come between the save and the restore",
        "handler-and-second-cpu": "a handler does not come between the save and the restore",
        "tso": noMemory, "ra": noMemory,
      ],
      "orderings": [
        "alone": ownStores, "beside-a-writer": "every case has a reader and a writer; the column is that of the model",
        "many-times": "the third write of a CPU finds what the second found",
        "nested": "the inner read section has two looks of its own", "handler": ownStores,
        "handler-and-second-cpu": "a handler orders nothing for another CPU", "masked": noMemory, "tso": storesInOrder,
      ],
    ])

  private static let overBefore = "a CPU alone ends its write before it reads"
  private static let asAnother = "a read section meets a handler's write like that of another CPU"
  private static let sameFunctions = "a handler reads by the same functions as its CPU"
  private static let inTime = "every store is seen eventually, under every model"
  private static let noWriteInAWrite = "a write does not lie within a write"
  private static let noMemory = "interrupts are not memory"
  private static let ownStores = "a CPU sees its own stores"
  private static let storesInOrder = "TSO keeps the order of stores, and that of loads"
}
