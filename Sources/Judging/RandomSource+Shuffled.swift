package import LabKernel

extension RandomSource {
  /// Returns the elements in a random order, all orders being equally likely.
  ///
  /// - Source: Knuth, The Art of Computer Programming, volume 2, section 3.4.2, algorithm P.
  package mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    var shuffled = elements
    for last in stride(from: shuffled.count - 1, to: 0, by: -1) { shuffled.swapAt(last, draw(0...last)) }
    return shuffled
  }
}
