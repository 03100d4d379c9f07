// How data passes between a system call and the memory of its caller. A pointer is checked before it is followed, and a
// bad one gives the error `EFAULT`, never a trap.

extension Kernel {
  /// What the task with a pid has in its memory, for an observer of the kernel.
  ///
  /// - Returns: nil if there is no such task, or one of the bytes is not mapped.
  /// - Complexity: O(tasks + count).
  package func userMemory(of pid: PID, at address: Int, count: Int) -> [UInt8]? {
    let task = tasks.indices.map { TaskID($0) }.first { tasks[$0].pid == pid && tasks[$0].isAlive }
    guard let task else { return nil }
    do throws(Errno) {
      return try copyFromUser(task, address, count: count)
    } catch {
      return nil
    }
  }

  /// Copies `count` bytes from the caller's memory.
  ///
  /// - Throws: `EFAULT` if one of them is not mapped.
  /// - Complexity: O(count).
  /// - Source: Linux, include/linux/uaccess.h, `copy_from_user()`.
  func copyFromUser(_ task: TaskID, _ address: Int, count: Int) throws(Errno) -> [UInt8] {
    if count == 0 { return [] }
    let map = tasks[task].memory
    if map != .none, let bytes = memory.maps[map]?.bytes(at: address, count: count) { return bytes }
    if Segment.stack.offset(of: address, count: count) != nil {
      return (0..<count).map { UInt8(truncatingIfNeeded: tasks[task].engine.loadStack(.byte, at: address + $0) ?? 0) }
    }
    guard let program = tasks[task].engine.program,
      let offset = Segment.constants.offset(of: address, count: count),
      offset + count <= programs[program.index].constants.count
    else { throw .EFAULT }
    return Array(programs[program.index].constants[offset..<offset + count])
  }

  /// Puts bytes into the caller's memory.
  ///
  /// - Throws: `EFAULT` if one of them is not mapped, or is read-only; then nothing has changed.
  /// - Complexity: O(bytes).
  /// - Source: Linux, include/linux/uaccess.h, `copy_to_user()`.
  mutating func copyToUser(_ task: TaskID, _ bytes: ArraySlice<UInt8>, at address: Int) throws(Errno) {
    let map = tasks[task].memory
    if map != .none, memory.maps[map]?.write(bytes, at: address) == true { return }
    guard Segment.stack.offset(of: address, count: bytes.count) != nil else { throw .EFAULT }
    for (index, byte) in bytes.enumerated() {
      _ = tasks[task].engine.storeStack(Int(byte), .byte, at: address + index)
    }
  }

  /// Refuses a call that would put bytes where it must not, before it has done anything else.
  ///
  /// - Throws: `EFAULT`, as ``copyToUser(_:_:at:)`` would.
  /// - Source: Linux, include/linux/uaccess.h, `access_ok()`.
  func checkWritable(_ task: TaskID, _ address: Int, count: Int) throws(Errno) {
    if count == 0 { return }
    let map = tasks[task].memory
    if map != .none, memory.maps[map]?.contains(address, count: count) == true { return }
    guard Segment.stack.offset(of: address, count: count) != nil else { throw .EFAULT }
  }

  /// Reads one number from the caller's memory.
  ///
  /// - Throws: `EFAULT` if it is not mapped.
  /// - Source: Linux, include/linux/uaccess.h, `get_user()`.
  func getUser(_ task: TaskID, _ width: Width, at address: Int) throws(Errno) -> Int {
    let map = tasks[task].memory
    if map != .none, let number = memory.maps[map]?.load(width, at: address) { return number }
    if let number = tasks[task].engine.loadStack(width, at: address) { return number }
    guard let program = tasks[task].engine.program, let number = programs[program.index].load(width, at: address) else {
      throw .EFAULT
    }
    return number
  }

  /// Puts one number into the caller's memory.
  ///
  /// - Throws: `EFAULT` if that is not mapped, or is read-only.
  /// - Source: Linux, include/linux/uaccess.h, `put_user()`.
  mutating func putUser(_ task: TaskID, _ value: Int, _ width: Width, at address: Int) throws(Errno) {
    let map = tasks[task].memory
    if map != .none, memory.maps[map]?.store(value, width, at: address) == true { return }
    guard tasks[task].engine.storeStack(value, width, at: address) else { throw .EFAULT }
  }

  /// Puts one number into the caller's memory, and returns whether that was mapped.
  mutating func tryPutUser(_ task: TaskID, _ value: Int, _ width: Width, at address: Int) -> Bool {
    do throws(Errno) {
      try putUser(task, value, width, at: address)
      return true
    } catch {
      return false
    }
  }

  /// Reads the time in a `struct timespec` in the caller's memory.
  ///
  /// - Throws: `EFAULT` if it is not mapped, `EINVAL` for a negative time or an invalid fraction.
  /// - Source: Linux, kernel/time/time.c, `get_timespec64()` and `timespec64_valid()`.
  func getTime(_ task: TaskID, at address: Int) throws(Errno) -> Duration {
    let seconds = try getUser(task, .word, at: address)
    let rest = try getUser(task, .word, at: address &+ 8)
    guard (0...maximumSeconds).contains(seconds), (0..<1_000_000_000).contains(rest) else { throw .EINVAL }
    return Duration(nanoseconds: Int64(seconds * 1_000_000_000 + rest))
  }

  /// Handles a page fault as the baseline does: nothing is mapped after the start, so SIGSEGV ends the task.
  ///
  /// - Source: Linux, arch/x86/mm/fault.c, `bad_area()`.
  mutating func handlePageFault(_ task: TaskID, at address: Int) {
    exitGroup(task, .signaled(.SIGSEGV))
  }
}

/// The longest sleep, in seconds: a hundred years.
private let maximumSeconds = 100 * 366 * 24 * 3600
