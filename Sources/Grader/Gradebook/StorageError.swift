import Foundation

/// Something of ours could not be kept: the disk is full, a folder may not be written to.
///
/// It ends a run, because it is nobody's fault who has handed something in; what was kept before stays.
package struct StorageError: Error, Equatable, CustomStringConvertible {
  /// One sentence.
  package let description: String

  /// What could not be done, and why.
  init(_ what: String, _ why: String) { description = "\(what): \(why)" }

  /// The same for a system call.
  init(_ what: String, _ code: Int32) { self.init(what, String(cString: strerror(code))) }

  /// The same for an error of Foundation, of which only the reason underneath is worth a word.
  init(_ what: String, _ error: any Error) {
    let error = error as NSError
    if let reason = error.userInfo[NSUnderlyingErrorKey] as? NSError, reason.domain == NSPOSIXErrorDomain {
      self.init(what, Int32(reason.code))
    } else {
      self.init(what, "\(error.localizedDescription)")
    }
  }

  /// Does `work` on files; what goes wrong with it becomes an error of this kind.
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
