import LabKernel
import Testing

/// Whether a state is all that matters: each stored property is in its fingerprint, or is left out on purpose.
@Suite struct StateDigestTests {
  /// What each type adds to a fingerprint, and what it leaves out because no task can notice it or because it follows
  /// from the rest.
  private static let properties: [String: (added: String, leftOut: String)] = [
    "Kernel": (
      "events pids tasks groups signalHandlers scheduling waitQueues memory files tree contexts terminal pipes locks futexes console",
      "configuration components cpus reschedule current switches standstill oops kernelThreads kthreadd subreapers arrivals programs trace"
    ),
    "Task": (
      """
      pid identity group parent firstChild nextSibling state work wakeReason inSystemCall sleep deadline callProgress \
      vforkChild vforkParent files fs memory handlers credentials engine childNamespace pending blocked exitSignal \
      parentDeathSignal clearChildTID shouldStop comm lineage births
      """, "id lastChild previousSibling nextThread cpu stack accounting"
    ),
    "ThreadGroup": (
      "leader threads living processGroup session nextInGroup groupExit pending stop isSubreaper isUnkillable hasExecuted",
      "lastThread previousInGroup next previous childExit childrenRun threadsRun"
    ),
    "GroupStop": ("isStopped isContinued unreported outstanding notice", ""),
    "Credentials": ("user effectiveUser savedUser group effectiveGroup savedGroup", ""),
    "SignalAction": ("handler flags mask", ""),
    "SignalHandlers": ("actions", ""),
    "Sleep": ("queue previous", "next number"),
    "Engine": ("programRow script", "kind workLeft"),
    "ScriptEngine": ("counter fetched left registers stack", "resultRegister"),
    "SchedulingEntity": ("policy realtimePriority nice priority", "timeSlice fullTimeSlice level textbook rank"),
    "PIDTable": ("allocator", "rows obituaries"),
    "CountingPIDs": ("namespaces", "limit freeNamespaces homes numbers"),
    "Memory": ("maps", "pageAllocator shared"),
    "MemoryMap": ("words frames", ""),
    "FileTable": ("tables open console", ""),
    "DescriptorTable": ("descriptors", ""),
    "Descriptor": ("file closesOnExec", ""),
    "OpenFile": ("object flags offset", ""),
    "FileTree": ("inodes", "count size root proc"),
    "Inode": ("kind mode user group isShown links users parent bytes entries", ""),
    "DirectoryEntry": ("name inode", "kind"),
    "FileSystemContexts": ("rows", ""),
    "Terminal": ("next", "input"),
    "PipeRow": ("pipe", "readers writers"),
    "SimplePipe": ("queue readers writers", ""),
    "Locks": ("mutexes", "names queues mutexesOfPrograms"),
    "WaitQueueHead": ("owner", "first last"),
  ]

  /// A kernel with a row in each table.
  private func kernel() throws -> Kernel {
    var kernel = Kernel(Configuration(tracing: false))
    let source = "space b 8\nchdir \"/tmp\"\nlock m\nfork\npipe r4 r5\nsleep 1ms\nread r4 &b 8"
    kernel.spawn(Spawn("A", kernel.load(try ProgramParser.parse(source))))
    kernel.run(maximumEvents: 50)
    return kernel
  }

  /// The stored properties of every value inside `value`, by the name of its type.
  private func collect(_ value: Any, _ found: inout [String: Set<String>], depth: Int = 0) {
    let mirror = Mirror(reflecting: value)
    let name = String(describing: type(of: value))
    if mirror.displayStyle == .struct, StateDigestTests.properties[name] != nil {
      found[name, default: []].formUnion(mirror.children.compactMap(\.label))
    }
    guard depth < 12 else { return }
    for child in mirror.children.prefix(200) { collect(child.value, &found, depth: depth + 1) }
  }

  @Test func `each stored property is part of a state or left out on purpose`() throws {
    var found: [String: Set<String>] = [:]
    collect(try kernel(), &found)
    let known = StateDigestTests.properties.mapValues {
      Set(($0.added + " " + $0.leftOut).split(separator: " ").map(String.init))
    }
    #expect(found == known, "see Kernel+Digest.swift: does the new property make a difference to a task?")
  }

  @Test func `the order of words matters, and the order of parts does not`() {
    var (first, second) = (StateDigest(), StateDigest())
    first.combine(1)
    first.combine(2)
    second.combine(2)
    second.combine(1)
    #expect(first.finished != second.finished)
    var (left, right) = (StateDigest(), StateDigest())
    left.insert(first)
    left.insert(second)
    right.insert(second)
    right.insert(first)
    #expect(left.finished == right.finished)
  }

  @Test func `a million different states have different fingerprints in each lane`() {
    var highs: Set<UInt64> = []
    var lows: Set<UInt64> = []
    for number in 0..<1_000_000 {
      var digest = StateDigest()
      digest.combine(number & 0x3FF)
      digest.combine(number >> 10)
      highs.insert(digest.finished.high)
      lows.insert(digest.finished.low)
    }
    #expect(highs.count == 1_000_000 && lows.count == 1_000_000)
  }
}
