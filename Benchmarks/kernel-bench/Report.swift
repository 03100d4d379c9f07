import Foundation

/// The figures that were measured, and how many of them missed their bound.
struct Report {
  /// How many bounds were missed.
  private(set) var missed = 0

  /// Prints one figure next to its bound, immediately, because the next may take a while.
  mutating func add(_ name: String, _ figure: String, isWithin: Bool, bound: String) {
    print("\(isWithin ? "ok    " : "MISSED") \(name): \(figure) (bound: \(bound))")
    fflush(nil)
    if !isWithin { missed += 1 }
  }
}

/// A number with that many digits after the point.
func format(_ number: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", number) }
