/// Whole numbers that travel as one line of text: `3 0 -1`.
///
/// Inputs and outputs of labs are mostly numbers, thousands in a suite, and each is encoded and decoded
/// once on its way to the sandbox and once on its way back. As one string per case they cost next to
/// nothing; as a tree of keyed values they would cost more than running the component.
package struct NumberLine: Codable, Sendable, Equatable {
  /// The numbers that are still to be read, or have been written so far, in order.
  package private(set) var numbers: [Int] = []
  private var next = 0

  /// Creates an empty line to write on.
  package init() {}

  /// Writes numbers at the end.
  package mutating func write(_ numbers: Int...) { self.numbers.append(contentsOf: numbers) }

  /// Writes a list, its length first.
  package mutating func write(list: [Int]) {
    numbers.append(list.count)
    numbers.append(contentsOf: list)
  }

  /// Reads the next number.
  ///
  /// - Throws: if the line is at its end.
  package mutating func read() throws(NumberLineError) -> Int {
    guard next < numbers.count else { throw .tooShort }
    defer { next += 1 }
    return numbers[next]
  }

  /// Reads a list that was written with its length first.
  ///
  /// - Throws: if the line ends before the list does.
  package mutating func readList() throws(NumberLineError) -> [Int] {
    let count = try read()
    guard count >= 0, count <= numbers.count - next else { throw .tooShort }
    defer { next += count }
    return Array(numbers[next..<next + count])
  }

  /// Whether all numbers have been read.
  package var isAtEnd: Bool { next == numbers.count }

  /// Reads a line of text, which may contain only digits, signs and single blanks.
  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    if text.isEmpty { return }
    for word in text.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false) {
      guard let number = Int(Substring(word)) else { throw NumberLineError.notANumber }
      numbers.append(number)
    }
  }

  /// Writes the line of text.
  package func encode(to encoder: any Encoder) throws {
    var text = ""
    for number in numbers {
      if !text.isEmpty { text += " " }
      text += String(number)
    }
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

/// Why a line of numbers is not an input or output of a lab.
package enum NumberLineError: Error {
  /// It ends too soon.
  case tooShort
  /// It continues after its end.
  case tooLong
  /// A word on it is not a number.
  case notANumber
  /// A number has no meaning.
  case unknownCode
}
