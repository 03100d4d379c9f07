/// A task's table of open files, a row in ``FileTable``.
package struct FilesID: Sendable, Hashable {
  /// The row; -1 for a task that has opened nothing.
  package var raw: Int32
  /// The task has the console and nothing else.
  package static let none = FilesID(raw: -1)
}

/// What an open file description stands for.
///
/// - Source: Linux, include/linux/fs.h, `struct file_operations`, which each kind of file fills in.
package enum FileObject: Sendable, Equatable {
  /// Where everything goes that tasks print; there is never anything to read.
  case console
  /// One end of a pipe.
  case pipe(PipeID, PipeEnd)
}

/// An open file description: what several descriptors, also of several tasks, may refer to.
///
/// - Source: Linux, include/linux/fs.h, `struct file`.
package struct OpenFile: Sendable, Equatable {
  /// What it stands for.
  package let object: FileObject
  /// `O_NONBLOCK`: fail with `EAGAIN` in place of sleeping.
  package var nonblocking = false
  /// How many descriptors refer to it.
  package var references = 1

  /// A description with one descriptor that refers to it.
  package init(_ object: FileObject) { self.object = object }
}

/// An open file description, named by its row.
package struct FileID: Sendable, Hashable {
  /// The row.
  package var raw: Int32
}

/// All open files, and the descriptors by which tasks name them.
///
/// Descriptors 0, 1 and 2 are the console; those of a task's own begin at 3.
/// Invariant: a description's `references` is the number of descriptors that name it.
package struct FileTable: Sendable {
  /// How many descriptors a task may have.
  package static let maximumDescriptors = 256
  /// The first that is not the console.
  package static let firstDescriptor = 3

  private var tables = Slots<[FileID?]>()
  private var open = Slots<OpenFile>()

  /// No files, and no tables of descriptors.
  package init() {}

  /// The description behind an id that is in use.
  package subscript(_ file: FileID) -> OpenFile? {
    get { open[file.raw] }
    set { open[file.raw] = newValue }
  }

  /// The description that `descriptor` names for the owner of `table`: the console for 0, 1 and 2.
  package func file(_ descriptor: Int, in table: FilesID) -> OpenFile? {
    if (0..<FileTable.firstDescriptor).contains(descriptor) { return OpenFile(.console) }
    return find(descriptor, in: table).flatMap { open[$0.raw] }
  }

  /// Which description of its own `descriptor` names for the owner of `table`.
  package func find(_ descriptor: Int, in table: FilesID) -> FileID? {
    guard table != .none, let slots = tables[table.raw] else { return nil }
    let slot = descriptor - FileTable.firstDescriptor
    return slots.indices.contains(slot) ? slots[slot] : nil
  }

  /// Opens `file` for the owner of `table` under its lowest free descriptor; makes the table if there is none.
  package mutating func insert(_ file: OpenFile, into table: inout FilesID) throws(Errno) -> Int {
    var slots = table == .none ? [] : tables[table.raw] ?? []
    let slot = slots.firstIndex { $0 == nil } ?? slots.count
    guard slot < FileTable.maximumDescriptors else { throw .EMFILE }
    if slot == slots.count { slots.append(nil) }
    slots[slot] = FileID(raw: open.insert(file))
    if table == .none { table = FilesID(raw: tables.insert(slots)) } else { tables[table.raw] = slots }
    return slot + FileTable.firstDescriptor
  }

  /// Takes the name `descriptor` away; returns the description if that was its last name.
  package mutating func remove(_ descriptor: Int, from table: FilesID) throws(Errno) -> OpenFile? {
    guard let file = find(descriptor, in: table) else { throw .EBADF }
    tables[table.raw]?[descriptor - FileTable.firstDescriptor] = nil
    open[file.raw]?.references -= 1
    guard let description = open[file.raw], description.references == 0 else { return nil }
    open.remove(file.raw)
    return description
  }

  /// A copy of a table, as `fork` makes it: the same descriptions, each with a name more.
  package mutating func copy(_ table: FilesID) -> FilesID {
    guard table != .none, let slots = tables[table.raw] else { return .none }
    for case let file? in slots { open[file.raw]?.references += 1 }
    return FilesID(raw: tables.insert(slots))
  }

  /// Takes a table away in which no descriptor is left.
  package mutating func removeTable(_ table: FilesID) {
    precondition(descriptors(of: table).isEmpty, "a table goes when all its files are closed")
    tables.remove(table.raw)
  }

  /// The descriptors that are in use in a table.
  package func descriptors(of table: FilesID) -> [Int] {
    guard table != .none, let slots = tables[table.raw] else { return [] }
    return slots.indices.filter { slots[$0] != nil }.map { $0 + FileTable.firstDescriptor }
  }

  /// How many more descriptors the owner of `table` may have.
  package func freeDescriptors(of table: FilesID) -> Int { FileTable.maximumDescriptors - descriptors(of: table).count }

  /// How many open files refer to each pipe.
  var filesByPipe: [PipeID: Int] {
    open.used.reduce(into: [:]) { counts, file in
      if case .pipe(let pipe, _) = file.object { counts[pipe, default: 0] += 1 }
    }
  }

  /// Whether each description is named by as many descriptors as it says.
  package var referencesAreRight: Bool {
    var names: [Int32: Int] = [:]
    for slots in tables.used {
      for case let file? in slots { names[file.raw, default: 0] += 1 }
    }
    return names.allSatisfy { open[$0.key]?.references == $0.value } && open.used.count == names.count
  }
}
