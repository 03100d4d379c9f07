import Foundation

/// Folders, made along with the folders above them.
///
/// Foundation does the same, but when it fails, it does not always pass on the system's reason.
package enum FolderTree {
  /// Makes the folder at `path`, unless it exists.
  package static func make(_ path: String) throws(StorageError) {
    guard let first = attempt(path) else { return }
    let above = URL(fileURLWithPath: path).deletingLastPathComponent().path
    guard first == ENOENT, above != path else { throw StorageError("\(path) cannot be made", first) }
    try make(above)
    if let second = attempt(path) { throw StorageError("\(path) cannot be made", second) }
  }

  /// Makes one folder; returns the error code, or nil if the folder exists now.
  private static func attempt(_ path: String) -> Int32? {
    if mkdir(path, 0o777) == 0 { return nil }
    let code = errno
    var status = stat()
    return code == EEXIST && stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR ? nil : code
  }
}
