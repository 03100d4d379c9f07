/// What futex(2) is asked to do.
///
/// - Source: Linux, include/uapi/linux/futex.h.
public enum FutexOperation: Int, NamedNumber {
  /// Sleep, if the word still is what the caller has seen there.
  case FUTEX_WAIT = 0
  /// Wake tasks that sleep on the word.
  case FUTEX_WAKE = 1
  /// Acquire the mutex, and lend the owner the caller's priority while the caller waits.
  case FUTEX_LOCK_PI = 6
  /// Release the mutex.
  case FUTEX_UNLOCK_PI = 7
  /// Acquire the mutex if it is free.
  case FUTEX_TRYLOCK_PI = 8
}

extension SystemCall {
  /// The system calls of mutexes.
  static let futexCalls = [
    SystemCall(
      98, "futex", [.futex, .operation, .value, .time], optional: 2, sleeps: true,
      "acquires a mutex, or sleeps on a word"
    ) { (kernel, task, words) throws(Errno) in
      try kernel.futex(task, at: words[0], operation: words[1], value: words[2], timeout: words[3])
    }
  ]
}
