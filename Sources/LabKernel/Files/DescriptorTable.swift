/// A task's table of descriptors, a row in ``FileTable``; `none` for a task that has only the console.
package typealias FilesID = Handle<DescriptorTable>

/// What a descriptor is: an open file description, and a flag that belongs to the descriptor alone.
///
/// - Source: Linux, include/linux/fdtable.h, `struct fdtable`, which has the pointers and the flags in two arrays.
package struct Descriptor: Sendable, Equatable {
  /// The description that it names.
  package var file: FileID
  /// `FD_CLOEXEC`: whether execve(2) closes it.
  package var closesOnExec = false
}

/// The descriptors of a task, or of tasks that share them; nil for a number that is not in use.
///
/// - Source: Linux, include/linux/fdtable.h, `struct files_struct`.
package struct DescriptorTable: Sendable, Equatable {
  private(set) var descriptors: [Descriptor?]

  /// A table whose first descriptors are these.
  init(_ descriptors: [Descriptor]) { self.descriptors = descriptors }

  /// The descriptor with a number; nil if it is not in use.
  subscript(_ number: Int) -> Descriptor? {
    get { descriptors.indices.contains(number) ? descriptors[number] : nil }
    set {
      precondition((0..<FileTable.maximumDescriptors).contains(number), "a number that a descriptor may have")
      while descriptors.count <= number { descriptors.append(nil) }
      descriptors[number] = newValue
    }
  }

  /// The numbers in use, in order.
  var numbers: [Int] { descriptors.indices.filter { descriptors[$0] != nil } }

  /// The lowest number from `first` on that is not in use.
  ///
  /// - Throws: `EMFILE` if there is none.
  /// - Complexity: O(descriptors).
  /// - Source: Linux, fs/file.c, `alloc_fd()`.
  func lowestFree(from first: Int = 0) throws(Errno) -> Int {
    for number in first..<FileTable.maximumDescriptors where self[number] == nil { return number }
    throw .EMFILE
  }
}
