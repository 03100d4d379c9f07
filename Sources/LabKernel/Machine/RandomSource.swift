/// A seeded stream of random numbers: the same seed gives the same numbers, on every machine, forever.
///
/// SplitMix64: 64 bits of state, one multiplication-and-shift mix per number. The standard library's
/// `Int.random(in:using:)` is avoided because its algorithm may change between releases; ``draw(_:)`` is our own and
/// will not.
///
/// - Source: Steele, Lea and Flood, Fast splittable pseudorandom number generators, OOPSLA 2014,
///   doi:10.1145/2660193.2660195.
public struct RandomSource: Sendable {
  private var state: UInt64

  /// The stream that belongs to `seed`.
  public init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number in `range`, all equally likely up to one part in 2^32 for the ranges used here.
  public mutating func draw(_ range: ClosedRange<Int>) -> Int {
    let width = UInt64(bitPattern: Int64(range.upperBound &- range.lowerBound)) &+ 1
    precondition(width > 0, "a range as wide as Int itself cannot be drawn from")
    return range.lowerBound + Int(next().multipliedFullWidth(by: width).high)
  }

  /// True once in `times`, on average.
  public mutating func oneIn(_ times: Int) -> Bool { draw(1...times) == 1 }

  /// One of `elements`, all equally likely.
  public mutating func pick<Element>(_ elements: [Element]) -> Element { elements[draw(0...elements.count - 1)] }
}
