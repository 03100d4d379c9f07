import Foundation

/// A file of ours could not be kept: the disk is full, or a folder is not writable.
///
/// It ends a run, because it is no student's fault; what was kept before stays.
package struct StorageError: Error, Equatable, CustomStringConvertible {
  /// One sentence.
  package let description: String

  /// What could not be done, and why.
  init(_ what: String, _ why: String) { description = "\(what): \(why)" }

  /// The same for a system call.
  init(_ what: String, _ code: Int32) { self.init(what, String(cString: strerror(code))) }

  /// The same for a Foundation error, of which only the underlying reason is worth reporting.
  init(_ what: String, _ error: any Error) {
    let error = error as NSError
    if let reason = error.userInfo[NSUnderlyingErrorKey] as? NSError, reason.domain == NSPOSIXErrorDomain {
      self.init(what, Int32(reason.code))
    } else {
      self.init(what, "\(error.localizedDescription)")
    }
  }

  /// Does `work` on files; turns any other error into one of this kind.
  static func wrapping<Result>(_ what: String, _ work: () throws -> Result) throws(StorageError) -> Result {
    do {
      return try work()
    } catch let error as StorageError {
      throw error
    } catch {
      throw StorageError(what, error)
    }
  }
}
