import Desk
import Foundation
import Grader

/// Access to folders, with refusals instead of errors.
enum Folder {
  /// Returns the names of a folder's entries, sorted; none if there is no such folder.
  static func names(in path: String) throws -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    } catch CocoaError.fileReadNoSuchFile {
      return []
    } catch {
      throw Refusal("cannot read the folder \(path): \(error.reason)", .configuration)
    }
  }

  /// Returns the path with all links followed, as far as it exists.
  static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else {
      let url = URL(fileURLWithPath: path)
      let above = url.deletingLastPathComponent().path
      return above == path
        ? path : resolved(above) + (resolved(above).hasSuffix("/") ? "" : "/") + url.lastPathComponent
    }
    defer { free(real) }
    return String(cString: real)
  }

  /// Makes a folder, and the folders above it that do not exist yet.
  ///
  /// - Parameter remedy: what to do if that is not possible.
  static func make(_ path: String, remedy: String? = nil) throws {
    do throws(StorageError) {
      try FolderTree.make(path)
    } catch {
      throw Refusal(error.description + (remedy.map { "; \($0)" } ?? ""), .configuration)
    }
  }
}

extension Error {
  /// Why a file or folder is not accessible, in the system's words if it has any: "Permission denied".
  var reason: String {
    let below = (self as? CocoaError)?.underlying ?? (self as NSError).userInfo[NSUnderlyingErrorKey] as? any Error
    guard let system = below as NSError?, system.domain == NSPOSIXErrorDomain else {
      return localizedDescription.contains(NSCocoaErrorDomain) ? "the system does not say why" : localizedDescription
    }
    return String(cString: strerror(Int32(system.code)))
  }
}
