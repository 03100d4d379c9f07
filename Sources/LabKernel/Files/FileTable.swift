/// A task's table of descriptors, a row in ``FileTable``; `none` for a task that has only the console.
package typealias FilesID = Handle<DescriptorTable>

/// What an open file description stands for.
///
/// - Source: Linux, include/linux/fs.h, `struct file_operations`, which each kind of file fills in.
package enum FileObject: Sendable, Equatable {
  /// Where everything that tasks print goes; there is never anything to read.
  case console
  /// One end of a pipe.
  case pipe(PipeID, PipeEnd)
}

/// An open file description: what several descriptors, even of different tasks, may refer to.
///
/// - Source: Linux, include/linux/fs.h, `struct file`.
package struct OpenFile: Sendable, Equatable {
  /// What it stands for.
  package let object: FileObject
  /// `O_NONBLOCK`: fail with `EAGAIN` instead of sleeping.
  package var nonblocking = false

  /// A description of `object`.
  package init(_ object: FileObject) { self.object = object }
}

/// An open file description, named by its row.
package typealias FileID = Handle<OpenFile>

/// Which description each descriptor of a task names, from ``FileTable/firstDescriptor`` on; nil for one that is not
/// open.
///
/// - Source: Linux, include/linux/fdtable.h, `struct fdtable`.
package struct DescriptorTable: Sendable, Equatable {
  fileprivate var files: [FileID?] = []
}

/// All open files, and the descriptors by which tasks name them.
///
/// Descriptors 0, 1 and 2 are the console; a task's own descriptors begin at 3.
/// Invariant: the users of a description are the descriptors that name it.
package struct FileTable: Sendable {
  /// How many descriptors a task may have.
  package static let maximumDescriptors = 256
  /// The first descriptor that is not the console.
  package static let firstDescriptor = 3

  private var tables = SharedTable<DescriptorTable>()
  private var open = SharedTable<OpenFile>()

  /// No files, and no tables of descriptors.
  package init() {}

  /// The description with an id that is in use.
  package subscript(_ file: FileID) -> OpenFile? {
    get { open[file] }
    set { open[file] = newValue }
  }

  /// The description that `descriptor` names for the owner of `table`: the console for 0, 1 and 2.
  package func file(_ descriptor: Int, in table: FilesID) -> OpenFile? {
    if (0..<FileTable.firstDescriptor).contains(descriptor) { return OpenFile(.console) }
    return find(descriptor, in: table).flatMap { open[$0] }
  }

  /// The id of the description that `descriptor` names for the owner of `table`; nil for the console, or if it is not
  /// open.
  package func find(_ descriptor: Int, in table: FilesID) -> FileID? {
    let slot = descriptor - FileTable.firstDescriptor
    guard table != .none, let files = tables[table]?.files, files.indices.contains(slot) else { return nil }
    return files[slot]
  }

  /// Opens `file` for the owner of `table` under its lowest free descriptor; makes the table if there is none.
  package mutating func insert(_ file: OpenFile, into table: inout FilesID) throws(Errno) -> Int {
    let files = table == .none ? [] : tables[table]?.files ?? []
    let slot = files.firstIndex { $0 == nil } ?? files.count
    guard slot < FileTable.maximumDescriptors else { throw .EMFILE }
    if table == .none { table = tables.insert(DescriptorTable()) }
    if slot == files.count { tables[table]?.files.append(nil) }
    tables[table]?.files[slot] = open.insert(file)
    return slot + FileTable.firstDescriptor
  }

  /// Removes `descriptor`; returns its description if no other descriptor names it.
  package mutating func remove(_ descriptor: Int, from table: FilesID) throws(Errno) -> OpenFile? {
    guard let file = find(descriptor, in: table) else { throw .EBADF }
    tables[table]?.files[descriptor - FileTable.firstDescriptor] = nil
    return open.release(file)
  }

  /// Copies a table, as `fork` does: the same descriptions, each named by one more descriptor.
  package mutating func copy(_ table: FilesID) -> FilesID {
    guard table != .none, let files = tables[table]?.files else { return .none }
    for case let file? in files { open.retain(file) }
    return tables.copy(table)
  }

  /// Removes a user of a table, and with the last one the table and all its descriptors.
  ///
  /// - Returns: the descriptions that no descriptor names any more, in the order of their descriptors.
  package mutating func release(_ table: FilesID) -> [OpenFile] {
    guard table != .none, let files = tables.release(table)?.files else { return [] }
    return files.compactMap { file in file.flatMap { open.release($0) } }
  }

  /// The descriptors that are in use in a table.
  package func descriptors(of table: FilesID) -> [Int] {
    guard table != .none, let files = tables[table]?.files else { return [] }
    return files.indices.filter { files[$0] != nil }.map { $0 + FileTable.firstDescriptor }
  }

  /// How many more descriptors the owner of `table` may have.
  package func freeDescriptors(of table: FilesID) -> Int { FileTable.maximumDescriptors - descriptors(of: table).count }

  /// How many open files refer to each pipe.
  var filesByPipe: [PipeID: Int] {
    open.used.reduce(into: [:]) { counts, file in
      if case .pipe(let pipe, _) = file.row.object { counts[pipe, default: 0] += 1 }
    }
  }

  /// The rules that are broken, in sentences.
  package func brokenInvariants() -> [String] {
    let names = tables.used.flatMap(\.row.files).compactMap { $0 }.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    let isRight = open.used.allSatisfy { names[$0.handle] == open.users(of: $0.handle) }
    return isRight && open.used.count == names.count
      ? [] : ["an open file is named by more or fewer descriptors than it counts"]
  }
}
