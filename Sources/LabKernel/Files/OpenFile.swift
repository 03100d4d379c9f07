/// What an open file description stands for.
///
/// - Source: Linux, include/linux/fs.h, `struct file_operations`, which each kind of file fills in.
package enum FileObject: Sendable, Equatable {
  /// A device; all tasks print on `device(.console)`.
  case device(Device)
  /// One end of a pipe.
  case pipe(PipeID, PipeEnd)
  /// A regular file, or a directory.
  case inode(InodeID)
}

/// An open file description: what several descriptors, even of different tasks, may refer to.
///
/// - Source: Linux, include/linux/fs.h, `struct file`.
package struct OpenFile: Sendable, Equatable {
  /// What it stands for.
  package let object: FileObject
  /// What may be done with it, and how: ``FileFlag``s.
  package var flags: Int
  /// Where the next read or write begins, in bytes; in a directory, how many names have been read.
  package var offset = 0

  /// A description of `object`.
  package init(_ object: FileObject, _ flags: FileFlag...) {
    self.object = object
    self.flags = flags.reduce(0) { $0 | $1.rawValue }
  }

  /// Adds everything that a descriptor of it shows to `digest`.
  func digest(into digest: inout StateDigest) {
    digest.combine(flags)
    digest.combine(offset)
    switch object {
    case .device(let device): digest.combine(device.number)
    case .inode(let inode): digest.combine(UInt32(inode.index), 3)
    case .pipe(let pipe, let end): digest.combine(UInt32(pipe.index), end == .read ? 1 : 2)
    }
  }

  /// Whether it may be read from.
  package var isReadable: Bool { allows(.O_RDONLY) }
  /// Whether it may be written to.
  package var isWritable: Bool { allows(.O_WRONLY) }
  /// Whether the access mode is this one, or both; the fourth mode, 3, allows neither.
  private func allows(_ mode: FileFlag) -> Bool {
    let access = flags & FileFlag.accessMode
    return access == mode.rawValue || access == FileFlag.O_RDWR.rawValue
  }
  /// `O_NONBLOCK`: fail with `EAGAIN` instead of sleeping.
  package var isNonblocking: Bool { FileFlag.O_NONBLOCK.isSet(in: flags) }
}

/// An open file description, named by its row.
package typealias FileID = Handle<OpenFile>
