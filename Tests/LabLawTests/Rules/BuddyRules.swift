extension RuleTable {
  /// The buddy allocator.
  static let buddy = RuleTable(
    "buddy",
    contexts: [
      "first-time", "again", "order-0", "order-10", "odd-memory", "many-blocks", "large-memory", "full-memory", "parts",
      "extreme-numbers",
    ],
    empty: [
      "boot": [
        "again": "There is one start.",
        "many-blocks": "No block is in use at the start.",
        "full-memory": "All of memory is free at the start.",
        "parts": "No block is in use at the start.",
      ],
      "sound": [
        "order-0": "A page is aligned at every frame, and pages overlap where larger blocks do.",
        "extreme-numbers": "Callers keep to orders 0 to 10.",
      ],
      "smallest": [
        "many-blocks": "The choice is between free blocks.",
        "full-memory": "In a full memory there is no choice.",
        "extreme-numbers": "Callers keep to orders 0 to 10.",
      ],
      "halving": [
        "again": "A free block does not tell how it came about.",
        "odd-memory": "Only whole blocks are halved.",
        "many-blocks": "A free block does not tell what else is in use.",
        "large-memory": "A block is halved in the same way wherever it is.",
        "full-memory": "In a full memory nothing is halved.",
        "extreme-numbers": "Callers keep to orders 0 to 10.",
      ],
      "nil": [
        "extreme-numbers": "Callers keep to orders 0 to 10."
      ],
      "joining": [
        "many-blocks": "Only the buddy decides.",
        "full-memory": "In a full memory no buddy is free.",
        "extreme-numbers": "A block in use has no such numbers.",
      ],
      "in-use": [
        "parts": "A part of a block is foreign.",
        "extreme-numbers": "A block in use has no such numbers.",
      ],
      "double-free": [
        "many-blocks": "No other block matters.",
        "full-memory": "In a full memory no frame is free.",
        "extreme-numbers": "A free block has no such numbers.",
      ],
      "foreign-free": [
        "many-blocks": "No other block matters.",
        "large-memory": "A number beyond memory is foreign in a small memory, too.",
      ],
      "unchanged": [
        "odd-memory": "What is refused does not depend on where memory ends.",
        "many-blocks": "No other block matters.",
        "large-memory": "A refusal looks at one block.",
        "extreme-numbers": "No block has such numbers that could change.",
      ],
      "counts": [
        "again": "That counts follow from the frames in use is the rule of joining.",
        "order-0": "The smallest order is counted like the others.",
        "odd-memory": "The counts at the end of memory are the rule of the start.",
        "large-memory": "There are no more blocks of an order than in a smaller memory of pages.",
        "parts": "The counts after a split are the rule of halving.",
        "extreme-numbers": "Asking for the counts takes no number.",
      ],
    ])
}
