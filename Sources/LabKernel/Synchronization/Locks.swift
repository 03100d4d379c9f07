/// The mutexes of a machine: their names, the tasks that wait for them, and the protocol that hands them out.
///
/// Programs name mutexes; two programs that use the same name mean the same mutex.
struct Locks: Sendable {
  /// The component that decides which task gets a mutex, and how urgent its owner is in the meantime.
  var mutexes: any MutexProtocol
  /// The names of the mutexes, by their rows.
  private(set) var names: [String] = []
  /// The wait queue of each mutex, by its row.
  private var queues: [WaitQueueID] = []
  /// The mutexes that each program names, in the program's own order.
  private var mutexesOfPrograms: [[MutexID]] = []

  /// No mutexes, under this protocol.
  init(_ mutexes: any MutexProtocol) { self.mutexes = mutexes }

  /// Every mutex.
  var all: [MutexID] { names.indices.map { MutexID($0) } }

  /// The mutex that programs know by this name, if any program does.
  func mutex(named name: String) -> MutexID? { names.firstIndex(of: name).map { MutexID($0) } }

  /// The name that programs give a mutex; empty for an unknown one.
  func name(of mutex: MutexID) -> String { names.indices.contains(mutex.index) ? names[mutex.index] : "" }

  /// The queue on which tasks wait for a mutex.
  func queue(of mutex: MutexID) -> WaitQueueID { queues[mutex.index] }

  /// The mutex that a program knows by a number of its own.
  func mutex(_ number: Int, of program: ProgramID) -> MutexID { mutexesOfPrograms[program.index][number] }

  /// Registers the mutexes of the next program, with a queue for each new one.
  mutating func load(_ program: Program, queues waitQueues: inout Slots<WaitQueueHead>) {
    let mutexes = program.mutexes.map { name in
      if let known = mutex(named: name) { return known }
      let new = MutexID(names.count)
      names.append(name)
      queues.append(waitQueues.insert(WaitQueueHead(owner: .mutex(new))))
      return new
    }
    mutexesOfPrograms.append(mutexes)
  }

  /// Adds which task owns each mutex, and which wait for it, to `digest`.
  func digest(into digest: inout StateDigest, _ tasks: TaskTable) {
    guard !names.isEmpty else { return }
    guard let plain = mutexes as? PlainMutex else {
      preconditionFailure("every schedule is explored with the baseline")
    }
    plain.digest(into: &digest, tasks)
  }

  /// The rules that are broken, in sentences.
  ///
  /// - Parameter waiters: each task that sleeps for a mutex, and the mutex.
  func brokenInvariants(waiters: [(task: Task, mutex: MutexID)]) -> [String] {
    waiters.compactMap { task, mutex in
      switch mutexes.owner(of: mutex) {
      case nil: "pid \(task.pid) waits for a mutex that is free"
      case task.id: "pid \(task.pid) waits for a mutex that it owns"
      case .some: nil
      }
    }
  }
}
