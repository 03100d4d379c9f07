import LabKernel
import Yams

/// Reads the keys of one YAML mapping strictly, and names file and line if something is wrong.
struct ManifestReader {
  private let path: String
  private let node: Node
  private let mapping: Node.Mapping

  /// A reader of the mapping in `text`.
  init(_ text: String, path: String) throws(ManifestError) {
    let composed: Node?
    do {
      composed = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw Self.error(path, error)
    } catch {
      throw ManifestError("\(path): \(error)")
    }
    guard let composed else {
      throw ManifestError("\(path):1: the file is empty; a list of keys and values is expected")
    }
    try self.init(composed, path: path)
  }

  private init(_ node: Node, path: String) throws(ManifestError) {
    guard let mapping = node.mapping else { throw Self.error(path, node, "a list of keys and values is expected") }
    self.path = path
    self.node = node
    self.mapping = mapping
  }

  /// Refuses all keys except these.
  func mustOnlyHave(_ keys: [String]) throws(ManifestError) {
    for key in mapping.keys where !keys.contains(key.string ?? "") {
      throw Self.error(path, key, "the key \(key.string ?? "?") is unknown; there are \(keys.joined(separator: ", "))")
    }
  }

  /// A text that must be there.
  func text(_ key: String) throws(ManifestError) -> String {
    let value = try value(key)
    guard let text = value.string, !text.isEmpty else { throw Self.error(path, value, "\(key) must be a text") }
    return text
  }

  /// The name of a Swift type.
  func identifier(_ key: String) throws(ManifestError) -> String {
    let name = try text(key)
    let isName =
      name.first?.isLetter == true && name.unicodeScalars.allSatisfy { $0.isASCII && $0.properties.isIDContinue }
    guard isName else { throw Self.error(path, try value(key), "\(key) must be the name of a type") }
    return name
  }

  /// A text that may be missing.
  func optionalText(_ key: String) throws(ManifestError) -> String? { mapping[key] == nil ? nil : try text(key) }

  /// The name of a slot of the kernel; nil if the key is missing.
  ///
  /// The ordinary scheduling class has one too, which each scenario fills on its own.
  func slot(_ key: String) throws(ManifestError) -> String? {
    guard let name = try optionalText(key) else { return nil }
    let known = Slot.allCases.map(\.rawValue) + ["fair"]
    guard known.contains(name) else {
      throw Self.error(path, try value(key), "\(key) must be one of \(known.joined(separator: ", "))")
    }
    return name
  }

  /// One of the words of `Choice`.
  func choice<Choice: RawRepresentable & CaseIterable>(_ key: String) throws(ManifestError) -> Choice
  where Choice.RawValue == String {
    guard let choice = Choice(rawValue: try text(key)) else {
      let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw Self.error(path, try value(key), "\(key) must be one of \(words)")
    }
    return choice
  }

  /// A whole number that must be there.
  func number(_ key: String, in range: ClosedRange<Int>) throws(ManifestError) -> Int {
    let value = try value(key)
    guard let number = value.int, range.contains(number) else {
      throw Self.error(path, value, "\(key) must be a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// A number that must be there.
  func decimal(_ key: String) throws(ManifestError) -> Double {
    let value = try value(key)
    guard let number = value.float, number > 0, number.isFinite else {
      throw Self.error(path, value, "\(key) must be a number above 0")
    }
    return number
  }

  /// A list of texts; empty if the key is missing.
  func texts(_ key: String) throws(ManifestError) -> [String] {
    guard let value = mapping[Node(key)] else { return [] }
    guard let sequence = value.sequence else { throw Self.error(path, value, "\(key) must be a list") }
    var texts: [String] = []
    for element in sequence {
      guard let text = element.string else { throw Self.error(path, element, "\(key) must be a list of texts") }
      texts.append(text)
    }
    return texts
  }

  /// Keys with whole numbers.
  func numbers(_ key: String, in range: ClosedRange<Int>) throws(ManifestError) -> [String: Int] {
    let reader = try ManifestReader(try value(key), path: path)
    var numbers: [String: Int] = [:]
    for name in reader.mapping.keys.compactMap(\.string) { numbers[name] = try reader.number(name, in: range) }
    return numbers
  }

  /// Keys with texts; empty if the key is missing.
  func pairs(_ key: String) throws(ManifestError) -> [String: String] {
    guard let value = mapping[Node(key)] else { return [:] }
    let reader = try ManifestReader(value, path: path)
    var pairs: [String: String] = [:]
    for name in reader.mapping.keys.compactMap(\.string) { pairs[name] = try reader.text(name) }
    return pairs
  }

  /// A list of rules; empty if the key is missing.
  func rules(_ key: String) throws(ManifestError) -> [LabRule] {
    guard let value = mapping[Node(key)] else { return [] }
    guard let sequence = value.sequence else { throw Self.error(path, value, "\(key) must be a list") }
    var rules: [LabRule] = []
    for element in sequence {
      let reader = try ManifestReader(element, path: path)
      try reader.mustOnlyHave(["id", "says", "checks"])
      let checks = try reader.texts("checks")
      guard !checks.isEmpty else { throw Self.error(path, element, "a rule must name the checks that ask it") }
      rules.append(LabRule(id: try reader.text("id"), says: try reader.text("says"), checks: checks))
    }
    return rules
  }

  /// The limits of a submission; the usual ones for what is not named.
  func limits(_ key: String) throws(ManifestError) -> Limits {
    var limits = Limits.usual
    guard let value = mapping[Node(key)] else { return limits }
    let reader = try ManifestReader(value, path: path)
    try reader.mustOnlyHave(["cpu-seconds", "memory-mib", "output-kib", "answer-kib"])
    if reader.has("cpu-seconds") { limits.cpuSeconds = try reader.number("cpu-seconds", in: 1...255) }
    if reader.has("memory-mib") { limits.memoryMiB = try reader.number("memory-mib", in: 64...65536) }
    if reader.has("output-kib") { limits.outputKiB = try reader.number("output-kib", in: 1...65536) }
    if reader.has("answer-kib") { limits.answerKiB = try reader.number("answer-kib", in: 1...16384) }
    return limits
  }

  private func has(_ key: String) -> Bool { mapping[Node(key)] != nil }

  private func value(_ key: String) throws(ManifestError) -> Node {
    guard let value = mapping[Node(key)] else { throw Self.error(path, node, "the key \(key) is missing") }
    return value
  }

  /// The YAML parser's message, with its line.
  private static func error(_ path: String, _ error: YamlError) -> ManifestError {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      ManifestError("\(path):\(mark.line): this is not YAML: \(problem)")
    case .duplicatedKeysInMapping(let keys, let context):
      ManifestError("\(path):\(context.mark.line): the key \(keys.sorted().joined(separator: ", ")) is there twice")
    case .no, .memory, .reader, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
      ManifestError("\(path): this is not YAML: \(error)")
    }
  }

  private static func error(_ path: String, _ node: Node, _ what: String) -> ManifestError {
    ManifestError("\(path):\(node.mark?.line ?? 1): \(what)")
  }
}
