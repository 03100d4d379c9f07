internal import Interleave

/// Marks what a student still has to write: stops the program and says what is missing.
///
/// Stubs are full of it. It returns `Never`, so that a stub compiles whatever its function returns.
/// The grader recognises the message and reports the check as *not implemented*, not as a crash.
public func todo(_ what: String) -> Never {
  letTheProcessDie()
  fatalError("not implemented: \(what)")
}
