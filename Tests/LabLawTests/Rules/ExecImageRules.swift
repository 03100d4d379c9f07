extension RuleTable {
  /// The image of a new program.
  static let execImage = RuleTable(
    "exec-image", contexts: ["first", "nested", "empty", "edge", "large"],
    empty: [
      "format": ["large": "Four bytes decide, however many follow."],
      "interpreter": [
        "nested": "A line is taken apart in the same way, whichever file it is in.",
        "empty": "A line without a path is the case of another rule.",
      ],
      "one-argument": ["nested": "A line is taken apart in the same way, whichever file it is in."],
      "no-path": [
        "nested": "A line is taken apart in the same way, whichever file it is in.",
        "large": "A long line of blanks is a line of blanks.",
      ],
      "cut-path": [
        "nested": "A line is taken apart in the same way, whichever file it is in.",
        "empty": "A path that is cut is not empty.",
        "large": "What comes after the 256 bytes is not seen.",
      ],
      "cut-argument": [
        "nested": "A line is taken apart in the same way, whichever file it is in.",
        "empty": "A line of 256 bytes without an argument has blanks in its place.",
        "large": "What comes after the 256 bytes is not seen.",
      ],
      "rewrite": ["large": "How long the arguments may be is the rule of the room."],
      "levels": [
        "empty": "A file without bytes is counted as others are.",
        "large": "The number of scripts has its limit at six.",
      ],
      "no-arguments": [
        "nested": "What a script replaces is the rule of the rewriting.",
        "empty": "There are never any arguments here.",
        "large": "One empty string is not large.",
      ],
      "long-string": [
        "nested": "No string of a script has more than 253 bytes.",
        "empty": "An empty string is not long.",
      ],
      "room": ["nested": "What scripts change is the rule after this one."],
      "room-later": ["empty": "Empty strings count as they do at the start."],
      "auxiliary": ["empty": "The vector has eight entries, however empty the lists."],
      "alignment": [
        "nested": "The words and strings count, not where they come from.",
        "empty": "The words and strings count, and some are always there.",
        "large": "Addresses are rounded in the same way, however large.",
      ],
      "reset": [
        "nested": "A task is not told how its program was found.",
        "empty": "Where there is nothing, nothing can be left.",
      ],
      "signals": [
        "nested": "A task is not told how its program was found.",
        "empty": "Where there is nothing, nothing can be left.",
      ],
      "kept": ["nested": "A task is not told how its program was found."],
    ])
}
