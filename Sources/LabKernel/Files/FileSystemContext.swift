/// A task's working directory and umask, a row in the table of them; `none` for a task that has changed neither.
package typealias FSID = Handle<FileSystemContext>

/// What paths and modes mean for a task, or for tasks that share it.
///
/// - Source: Linux, include/linux/fs_struct.h, `struct fs_struct`.
/// - Simplified: the root is the same for all tasks.
package struct FileSystemContext: Sendable, Equatable {
  /// Where paths begin that do not begin with `/`.
  package var workingDirectory: PathTarget
  /// The permissions that new files do not get.
  package var umask = FileSystemContext.usualMask

  /// The umask of a task that has set no other: new files are not writable by others.
  package static let usualMask = 0o022
}

/// All contexts.
///
/// A task that has changed nothing needs no row: its working directory is the root.
package struct FileSystemContexts: Sendable {
  private var rows = SharedTable<FileSystemContext>()

  /// No contexts.
  package init() {}

  /// The context with an id that is in use; nil for `none`.
  package subscript(_ context: FSID) -> FileSystemContext? {
    get { context == .none ? nil : rows[context] }
    _modify { yield &rows[context] }
  }

  /// Adds a context, and whether tasks share it, to `digest`.
  func digest(_ context: FSID, into digest: inout StateDigest) {
    guard context != .none, let row = rows[context] else { return }
    digest.combine(rows.users(of: context) > 1 ? context.index : -1)
    digest.combine(row.umask)
    switch row.workingDirectory {
    case .inode(let inode): digest.combine(UInt32(inode.index), 1)
    case .process(let pid): digest.combine(UInt32(bitPattern: pid), 2)
    case .processFile(let pid, let file): digest.combine(UInt32(bitPattern: pid), 3 + UInt32(file.rawValue.utf8.count))
    }
  }

  /// Every context that is in use.
  package var used: [FileSystemContext] { rows.used.map(\.row) }

  /// Makes a row for a task that needs one, with `root` as its working directory.
  package mutating func own(_ context: inout FSID, root: InodeID) {
    if context == .none { context = rows.insert(FileSystemContext(workingDirectory: .inode(root))) }
  }

  /// Adds a user to a row, as `CLONE_FS` does.
  package mutating func retain(_ context: FSID) -> FSID { rows.retain(context) }

  /// Copies a row, as fork(2) does.
  package mutating func copy(_ context: FSID) -> FSID { context == .none ? .none : rows.copy(context) }

  /// Removes a user of a row; returns it if that was the last one.
  package mutating func release(_ context: FSID) -> FileSystemContext? {
    context == .none ? nil : rows.release(context)
  }
}

/// What a path leads to.
///
/// - Source: Linux, include/linux/path.h, `struct path`.
package enum PathTarget: Sendable, Equatable {
  /// A file of the tree.
  case inode(InodeID)
  /// The directory of a process below `/proc`.
  case process(PID)
  /// A file in such a directory.
  case processFile(PID, ProcessFile)
}

/// What `/proc` tells about a process, each in a file of this name.
///
/// - Source: Linux, fs/proc/base.c, `tgid_base_stuff`; proc(5).
package enum ProcessFile: String, Sendable, Equatable, CaseIterable {
  /// The name.
  case comm
  /// Numbers, for programs.
  case stat
  /// The same and more, for people.
  case status
}
