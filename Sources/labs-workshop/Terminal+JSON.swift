import Desk
import Foundation

extension Terminal {
  /// Writes a JSON document to standard output, its keys in order.
  static func print(json document: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    print([String(decoding: try encoder.encode(document), as: UTF8.self)])
  }
}
