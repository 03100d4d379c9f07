/// What futex(2) is asked to do.
///
/// - Source: Linux, include/uapi/linux/futex.h.
public enum FutexOperation: Int, NamedNumber {
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
      "acquires or releases a mutex"
    ) { (kernel, task, words) throws(Errno) in
      try kernel.futex(task, at: words[0], operation: words[1], timeout: words[3])
    }
  ]
}
