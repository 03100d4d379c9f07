import Foundation

/// The labs that the laws cover: all, or the lab that `make test LAB=slug` names in `LABS_LAB`.
enum Asked {
  /// The only lab; nil for all of them.
  static let slug = ProcessInfo.processInfo.environment["LABS_LAB"].flatMap { $0.isEmpty ? nil : $0 }

  /// Whether a lab is among them.
  static func about(_ lab: String) -> Bool { slug.map { $0 == lab } ?? true }
}
