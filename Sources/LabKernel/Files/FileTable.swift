/// All open files, and the descriptors by which tasks name them.
///
/// The console is open once, for all tasks: each begins with descriptors 0, 1 and 2 for it. As long as a task has no
/// others, it needs no table.
///
/// Invariant: the users of a description are the descriptors that name it; the console has one more, the machine.
package struct FileTable: Sendable {
  /// How many descriptors a task may have, and the first number that none has.
  ///
  /// - Source: Linux, include/linux/resource.h: `RLIMIT_NOFILE`, where the limit is usually 1024.
  package static let maximumDescriptors = 256
  /// How many descriptors each task begins with: standard input, output and error.
  package static let standardDescriptors = 3

  private var tables = SharedTable<DescriptorTable>()
  private var open = SharedTable<OpenFile>()
  /// The console, the same description for all tasks.
  private let console: FileID

  /// The console, and no tables of descriptors.
  package init() { console = open.insert(OpenFile(.device(.console), .O_RDWR, .O_LARGEFILE)) }

  /// The description with an id that is in use.
  package subscript(_ file: FileID) -> OpenFile? {
    get { open[file] }
    _modify { yield &open[file] }
  }

  /// The description that `descriptor` names for the owner of `table`.
  package func file(_ descriptor: Int, in table: FilesID) -> OpenFile? {
    find(descriptor, in: table).flatMap { open[$0] }
  }

  /// The id of the description that `descriptor` names for the owner of `table`; nil if it is not open.
  package func find(_ descriptor: Int, in table: FilesID) -> FileID? {
    if table == .none { return (0..<FileTable.standardDescriptors).contains(descriptor) ? console : nil }
    return tables[table]?[descriptor]?.file
  }

  /// Whether `descriptor` is closed by execve(2); nil if it is not open.
  package func closesOnExec(_ descriptor: Int, in table: FilesID) -> Bool? {
    if table == .none { return find(descriptor, in: table).map { _ in false } }
    return tables[table]?[descriptor]?.closesOnExec
  }

  /// Sets whether `descriptor`, which is open, is closed by execve(2).
  package mutating func setClosesOnExec(_ descriptor: Int, in table: inout FilesID, _ closes: Bool) {
    own(&table)
    tables[table]?[descriptor]?.closesOnExec = closes
  }

  /// Opens `file` for the owner of `table` under its lowest free descriptor.
  package mutating func insert(
    _ file: OpenFile, into table: inout FilesID, closesOnExec: Bool = false
  ) throws(Errno) -> Int {
    own(&table)
    guard let number = try tables[table]?.lowestFree() else { throw .EBADF }
    tables[table]?[number] = Descriptor(file: open.insert(file), closesOnExec: closesOnExec)
    return number
  }

  /// Gives the description of `descriptor` one more descriptor, the lowest free one from `first` on.
  package mutating func duplicate(
    _ descriptor: Int, in table: inout FilesID, from first: Int = 0, closesOnExec: Bool = false
  ) throws(Errno) -> Int {
    guard let file = find(descriptor, in: table) else { throw .EBADF }
    own(&table)
    guard let number = try tables[table]?.lowestFree(from: first) else { throw .EBADF }
    tables[table]?[number] = Descriptor(file: open.retain(file), closesOnExec: closesOnExec)
    return number
  }

  /// Lets `other` name the description of `descriptor`; returns what it named before, if nothing else names that.
  package mutating func duplicate(
    _ descriptor: Int, over other: Int, in table: inout FilesID, closesOnExec: Bool
  ) throws(Errno) -> OpenFile? {
    guard let file = find(descriptor, in: table) else { throw .EBADF }
    own(&table)
    let old = find(other, in: table)
    tables[table]?[other] = Descriptor(file: open.retain(file), closesOnExec: closesOnExec)
    return old.flatMap { open.release($0) }
  }

  /// Removes `descriptor`; returns its description if no other descriptor names it.
  package mutating func remove(_ descriptor: Int, from table: inout FilesID) throws(Errno) -> OpenFile? {
    guard let file = find(descriptor, in: table) else { throw .EBADF }
    own(&table)
    tables[table]?[descriptor] = nil
    return open.release(file)
  }

  /// Copies a table, as `fork` does: the same descriptions, each named by one more descriptor.
  package mutating func copy(_ table: FilesID) -> FilesID {
    guard table != .none, let descriptors = tables[table]?.descriptors else { return .none }
    for case let descriptor? in descriptors { open.retain(descriptor.file) }
    return tables.copy(table)
  }

  /// Adds a user to a table, as `CLONE_FILES` does, and returns it.
  package mutating func retain(_ table: inout FilesID) -> FilesID {
    own(&table)
    return tables.retain(table)
  }

  /// Gives a task a table of its own, as execve(2) does, if others use the same.
  package mutating func unshare(_ table: inout FilesID) {
    guard table != .none, tables.users(of: table) > 1 else { return }
    let own = copy(table)
    tables.release(table)
    table = own
  }

  /// Removes a user of a table, and with the last one the table and all its descriptors.
  ///
  /// - Returns: the descriptions that no descriptor names any more, in the order of their descriptors.
  package mutating func release(_ table: FilesID) -> [OpenFile] {
    guard table != .none, let descriptors = tables.release(table)?.descriptors else { return [] }
    return descriptors.compactMap { descriptor in descriptor.flatMap { open.release($0.file) } }
  }

  /// The descriptors that are in use in a table.
  package func descriptors(of table: FilesID) -> [Int] {
    table == .none ? Array(0..<FileTable.standardDescriptors) : tables[table]?.numbers ?? []
  }

  /// Adds what every task finds open at its start to `digest`.
  func digest(into digest: inout StateDigest) { open[console]?.digest(into: &digest) }

  /// Adds what the descriptors of a table name to `digest`.
  func digest(_ table: FilesID, into digest: inout StateDigest) {
    guard table != .none, let descriptors = tables[table]?.descriptors else { return }
    if tables.users(of: table) > 1 { digest.combine(table.index) }
    for case (let number, let descriptor?) in descriptors.enumerated() {
      digest.combine(UInt32(number) << 1 | (descriptor.closesOnExec ? 1 : 0), UInt32(descriptor.file.index))
      open[descriptor.file]?.digest(into: &digest)
    }
  }

  /// Whether the owner of a table has nothing open but the console.
  func isEmpty(_ table: FilesID) -> Bool {
    table == .none || (tables[table]?.descriptors.allSatisfy { $0?.file ?? console == console } ?? true)
  }

  /// How many more descriptors the owner of `table` may have.
  package func freeDescriptors(of table: FilesID) -> Int { FileTable.maximumDescriptors - descriptors(of: table).count }

  /// How many descriptors there is room for in a table that grows in powers of two: `FDSize`.
  ///
  /// - Source: Linux, fs/file.c, `alloc_fdtable()`, and `NR_OPEN_DEFAULT`.
  func size(of table: FilesID) -> Int {
    var size = 64
    while size <= descriptors(of: table).last ?? 0 { size *= 2 }
    return size
  }

  /// What each open file that has an inode leads to.
  var openInodes: [InodeID] {
    open.used.compactMap { file in
      guard case .inode(let inode) = file.row.object else { return nil }
      return inode
    }
  }

  /// How many open files refer to each pipe.
  var filesByPipe: [PipeID: Int] {
    open.used.reduce(into: [:]) { counts, file in
      if case .pipe(let pipe, _) = file.row.object { counts[pipe, default: 0] += 1 }
    }
  }

  /// The rules that are broken, in sentences.
  package func brokenInvariants() -> [String] {
    let named = tables.used.flatMap(\.row.descriptors).compactMap { $0?.file } + [console]
    let names = named.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    let isRight = open.used.allSatisfy { names[$0.handle] == open.users(of: $0.handle) }
    return isRight && open.used.count == names.count
      ? [] : ["an open file is named by more or fewer descriptors than it counts"]
  }

  /// Makes a table for a task that has had no need of one.
  private mutating func own(_ table: inout FilesID) {
    guard table == .none else { return }
    let standard = (0..<FileTable.standardDescriptors).map { _ in Descriptor(file: open.retain(console)) }
    table = tables.insert(DescriptorTable(standard))
  }
}
