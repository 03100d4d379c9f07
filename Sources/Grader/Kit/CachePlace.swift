import Foundation

/// Where this user may keep what can be made again: the user's own folder, to which no other user can write.
package enum CachePlace {
  /// The first of the usual folders that is suitable; `last`, which always is, if none of them is.
  ///
  /// A variable that is empty or not an absolute path counts as not set. A folder of another user is never used, not
  /// even by root: what is put there would be in the way of that user, and what is found there could be anything.
  ///
  /// - Source: XDG Base Directory Specification 0.8.
  package static func find(
    environment: [String: String] = ProcessInfo.processInfo.environment, temporary: String = "/tmp", else last: String
  ) -> String {
    func path(_ name: String) -> String? { environment[name].flatMap { $0.hasPrefix("/") ? $0 : nil } }
    let homes = [path("HOME"), homeOfUser].compactMap { $0 }
    let caches = [path("XDG_CACHE_HOME")].compactMap { $0 } + homes.map { $0 + "/.cache" }
    let candidates = caches.map { $0 + "/labs" } + ["\(temporary)/labs-cache-\(geteuid())"]
    return candidates.first { isFit($0) } ?? last
  }

  /// Makes a folder that is closed to others, along with the folders above it.
  static func make(_ path: String) throws(StorageError) {
    try FolderTree.make(URL(fileURLWithPath: path).deletingLastPathComponent().path)
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw StorageError("\(path) cannot be made", errno) }
  }

  /// Whether there is a folder at `path` that is this user's own, and that no other user can write to.
  static func isOwn(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR && status.st_uid == geteuid()
      && status.st_mode & 0o022 == 0
  }

  /// Whether the folder is suitable; makes it if possible, but only in places of this user.
  private static func isFit(_ path: String) -> Bool {
    guard !FileManager.default.fileExists(atPath: path) else {
      // A folder of ours that an earlier version left open is closed.
      var status = stat()
      guard lstat(path, &status) == 0, status.st_uid == geteuid() else { return false }
      if status.st_mode & S_IFMT == S_IFDIR, status.st_mode & 0o022 != 0 { chmod(path, 0o700) }
      return isOwn(path) && access(path, W_OK) == 0
    }
    guard isOfUser(above: path) else { return false }
    do throws(StorageError) {
      try make(path)
      return isOwn(path)
    } catch {
      // A place where nothing can be made is not suitable; there are others.
      return false
    }
  }

  /// Whether the nearest folder above `path` that exists is this user's, or the system's.
  private static func isOfUser(above path: String) -> Bool {
    var above = URL(fileURLWithPath: path).deletingLastPathComponent().path
    var status = stat()
    while stat(above, &status) != 0, above != "/" {
      above = URL(fileURLWithPath: above).deletingLastPathComponent().path
    }
    return status.st_uid == geteuid() || status.st_uid == 0
  }

  private static var homeOfUser: String? {
    guard let entry = getpwuid(geteuid()), let folder = entry.pointee.pw_dir else { return nil }
    let home = String(cString: folder)
    return home.hasPrefix("/") ? home : nil
  }
}
