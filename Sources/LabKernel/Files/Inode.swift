/// A file or directory, named by its row in the ``FileTree``.
package typealias InodeID = Handle<Inode>

/// A file, whatever its names are: a directory has the names.
///
/// - Source: Linux, include/linux/fs.h, `struct inode`.
/// - Simplified: no times, and no symbolic links.
package struct Inode: Sendable, Equatable {
  /// What it is.
  package let kind: FileKind
  /// What its user, its group and others may do: three bits each, and the sticky bit.
  package var mode: Int
  /// The user whose file it is.
  package var user: Int32 = 0
  /// The group whose file it is.
  package var group: Int32 = 0
  /// Whether it is what `/proc` showed when it was opened, which cannot be written to.
  package var isShown = false
  /// How many names it has.
  package var links = 1
  /// How many open file descriptions and working directories lead to it.
  package var users = 0
  /// The directory above it, for a directory; itself for the root.
  package var parent = InodeID.none
  /// What is in it, for a regular file.
  package var bytes: [UInt8] = []
  /// The names in it, for a directory, in the order in which they were made; without `.` and `..`.
  package var entries: [DirectoryEntry] = []

  /// Adds everything but its names to `digest`.
  func digest(into digest: inout StateDigest) {
    digest.combine(
      UInt32(truncatingIfNeeded: mode | (isShown ? 1 << 15 : 0) | kind.mode << 16), UInt32(bitPattern: parent.raw))
    digest.combine(UInt32(bitPattern: user), UInt32(bitPattern: group))
    digest.combine(bytes.count)
    for byte in bytes { digest.combine(UInt64(byte)) }
    for entry in entries {
      digest.combine(UInt32(bitPattern: entry.inode.raw), UInt32(entry.name.count))
      for byte in entry.name { digest.combine(UInt64(byte)) }
    }
  }

  /// A file with this mode and owner, and nothing in it.
  init(_ kind: FileKind, mode: Int, owner: Credentials = Credentials()) {
    self.kind = kind
    self.mode = mode
    user = owner.effectiveUser
    group = owner.effectiveGroup
  }
}

/// A name in a directory, and the file that it leads to.
///
/// - Source: Linux, fs/ramfs/inode.c, which keeps names as `struct dentry`.
package struct DirectoryEntry: Sendable, Equatable {
  /// The name.
  package let name: [UInt8]
  /// The file; `none` for what exists only as long as it is looked at, below `/proc`.
  package let inode: InodeID
  /// What it is.
  package let kind: FileKind
}

/// What a file is.
///
/// - Source: Linux, include/uapi/linux/stat.h, `S_IFMT`; include/linux/fs_types.h, `DT_REG` and its kin.
package enum FileKind: Sendable, Equatable {
  /// Bytes.
  case regular
  /// Names.
  case directory
  /// A device.
  case device(Device)
  /// A pipe.
  case pipe

  /// Its bits in `st_mode`.
  var mode: Int {
    switch self {
    case .pipe: FileType.S_IFIFO.rawValue
    case .device: FileType.S_IFCHR.rawValue
    case .directory: FileType.S_IFDIR.rawValue
    case .regular: FileType.S_IFREG.rawValue
    }
  }

  /// Its number in a directory entry: `DT_FIFO`, `DT_CHR`, `DT_DIR` or `DT_REG`.
  var entryType: Int { mode >> 12 }
}

/// The kinds of files, as the bits of `st_mode` tell them.
///
/// - Source: Linux, include/uapi/linux/stat.h.
public enum FileType: Int, NamedNumber {
  /// A pipe.
  case S_IFIFO = 0o010000
  /// A device that is read and written byte by byte.
  case S_IFCHR = 0o020000
  /// A directory.
  case S_IFDIR = 0o040000
  /// A regular file.
  case S_IFREG = 0o100000
}

/// A device that is a file.
///
/// - Source: Linux, Documentation/admin-guide/devices.txt.
package enum Device: Sendable, Equatable {
  /// Where tasks print; what was typed can be read from it.
  case console
  /// The terminal of the task, which is the console.
  case tty
  /// Takes everything, gives nothing.
  case null
  /// Takes everything, gives zeros.
  case zero

  /// Its number: the major number in the upper bits, the minor number in the lower eight.
  var number: Int {
    switch self {
    case .console: 5 << 8 | 1
    case .tty: 5 << 8
    case .null: 1 << 8 | 3
    case .zero: 1 << 8 | 5
    }
  }
}
