import Foundation
import Interleave
import LabHarness

/// The places in an answer that are addresses of the program: codes of an interleaving cannot know their own places.
///
/// The answer is changed as text, before it is decoded: no other part of the grader needs to know about addresses.
package struct AnswerPlaces {
  /// The texts that hold addresses, without the apostrophe in front of each.
  package private(set) var texts: [Range<Int>] = []
  private static let (apostrophe, blank, comma) = (UInt8(ascii: "'"), UInt8(ascii: " "), UInt8(ascii: ","))
  /// How many different addresses are looked up for one answer at most.
  static let mostAddresses = 1_000

  /// Finds the addresses in `answer`.
  package init(in answer: [UInt8]) {
    var index = 0
    while let start = answer[index...].firstIndex(where: { $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: "!") }) {
      index = start + 1
      guard answer[index...].starts(with: "0x".utf8) else { continue }
      let end = answer[(index + 2)...].firstIndex { !Self.isOfNumber($0) } ?? answer.endIndex
      guard end == answer.endIndex || answer[end] == Self.blank else { continue }
      guard let begin = answer[..<start].lastIndex(of: Self.apostrophe) else { continue }
      let place = answer[(begin + 1)..<start]
      guard begin == 0 || answer[begin - 1] == Self.blank else { continue }
      if place.isEmpty || place.starts(with: "student-file-".utf8) { texts.append(begin + 1..<end) }
      index = end
    }
  }

  private static func isOfNumber(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"), comma: true
    default: false
    }
  }
}

extension BuiltProgram {
  /// An answer with the places that its addresses stand for.
  ///
  /// - Throws: `SandboxFault`, `CancellationError`.
  func withPlaces(_ answer: [UInt8]) async throws -> [UInt8] {
    let places = AnswerPlaces(in: answer).texts
    guard !places.isEmpty else { return answer }
    let texts = places.map { String(decoding: answer[$0], as: UTF8.self) }
    let addresses = Set(texts.flatMap(PlaceText.addresses)).sorted().prefix(AnswerPlaces.mostAddresses)
    let frames = try await frames(of: Array(addresses))
    var result: [UInt8] = []
    var rest = answer[...]
    for (range, text) in zip(places, texts) {
      let stack = PlaceText.addresses(in: text).compactMap { frames[$0] }
      let resolved = PlaceText.resolved(
        text, stack: stack.flatMap(\.places), reason: stack.first?.reason.map(Self.plain))
      result += rest[..<range.lowerBound] + WireEncoder.escaped(resolved)
      rest = rest[range.upperBound...]
    }
    return result + rest
  }

  /// Words from the program's own tables, without what would end a string.
  private static func plain(_ reason: String) -> String {
    String(reason.filter { $0.isASCII && ($0.isLetter || $0.isNumber || " .,:;'()<>=+-".contains($0)) })
  }
}
