extension RuleTable {
  /// The pipe.
  static let pipe = RuleTable(
    "pipe",
    contexts: [
      "blocking", "nonblocking", "retried", "empty", "full", "half-read", "closed-ends", "many-tasks", "many-times",
      "edge-sizes",
    ],
    empty: [
      "bytes": [
        "empty": "An empty pipe has no bytes.",
        "many-tasks": "A pipe is not told which task calls.",
      ],
      "short-reads": [
        "retried": "A read is not told whether it was tried before.",
        "empty": "An empty pipe is the case of two other rules.",
      ],
      "no-bytes": [
        "retried": "A call that never sleeps is never tried again.",
        "half-read": "The answer depends on no slot.",
        "many-tasks": "A pipe is not told which task calls.",
        "many-times": "The answer depends on nothing that came before.",
        "edge-sizes": "0 is the edge.",
      ],
      "empty-reads": [
        "retried": "A read is not told whether it was tried before.",
        "empty": "The pipe is always empty here.",
        "full": "A full pipe is not empty.",
        "half-read": "A half-read slot holds a byte.",
        "many-times": "Waiting leaves nothing behind that could be counted.",
      ],
      "end-of-file": [
        "retried": "A read is not told whether it was tried before.",
        "empty": "The pipe is always empty here.",
        "full": "A full pipe is not empty.",
        "half-read": "A half-read slot holds a byte.",
        "edge-sizes": "The answer is the same for every number of bytes.",
      ],
      "broken-pipe": [
        "half-read": "A slot that is being read is one in use, as in a full pipe.",
        "many-tasks": "How many tasks have the end open is the rule of the ends.",
      ],
      "ends": [
        "blocking": "Opening and closing do not wait.",
        "nonblocking": "Opening and closing do not wait.",
        "retried": "Opening and closing are not tried again.",
        "empty": "An empty pipe has no bytes to keep.",
        "edge-sizes": "Opening and closing have no size.",
      ],
      "slots": [
        "empty": "The first slot after an empty pipe is the case of the many times.",
        "half-read": "That a half-read slot is in use is the rule of the release.",
        "closed-ends": "Without a reader no slot is filled.",
        "many-tasks": "A pipe is not told which task calls.",
      ],
      "rest": [
        "blocking": "A first try has no rest.",
        "nonblocking": "A nonblocking write is not tried again.",
        "empty": "An empty pipe has no last slot.",
        "full": "In a full pipe a rest sleeps by the rule of the parts.",
        "closed-ends": "Without a reader no rest is put in.",
        "many-tasks": "It always takes a second task, or the last page is full.",
        "many-times": "A rest is recognized by its length, however often it is tried.",
      ],
      "atomic": [
        "retried": "A write that has moved nothing is like a new one.",
        "empty": "An empty pipe has room for every small write.",
        "half-read": "The last of sixteen slots cannot be half read.",
        "closed-ends": "Without a reader no byte is moved.",
        "many-tasks": "A pipe is not told which task calls.",
        "many-times": "The answer depends on the last slot alone.",
      ],
      "parts": [
        "empty": "What fits into an empty pipe is the rule of the slots.",
        "half-read": "What is free is the rule of the release.",
        "closed-ends": "Without a reader no byte is moved.",
        "many-times": "A try is not told how many there were before.",
      ],
      "release": [
        "nonblocking": "A read that finds bytes is the same with O_NONBLOCK.",
        "retried": "A read is not told whether it was tried before.",
        "empty": "An empty pipe has no slot in use.",
        "closed-ends": "That the close of an end frees nothing is the rule of the ends.",
        "many-tasks": "A pipe is not told which task calls.",
        "many-times": "That freed slots are used again is the rule of the slots.",
      ],
      "wake-readers": [
        "empty": "The pipe is always empty here.",
        "half-read": "No reader sleeps while a slot holds a byte.",
      ],
      "wake-writers": [
        "retried": "A read is not told whether it was tried before."
      ],
      "quiet": [
        "half-read": "A half-read slot is not the end of a call that moves nothing.",
        "closed-ends": "No task sleeps at an end whose other end is closed.",
        "many-tasks": "It always takes a second task to be woken.",
        "many-times": "The second time is that of a rest.",
      ],
      "count": [
        "empty": "In an empty pipe it is what the other cells leave.",
        "many-tasks": "A pipe is not told which task calls.",
        "many-times": "A count that drifts is wrong the first time.",
      ],
    ])
}
