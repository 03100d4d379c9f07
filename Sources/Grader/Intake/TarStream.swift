/// A parsed tar stream: POSIX ustar, with the extended names of pax.
///
/// - Source: POSIX.1-2008, pax, "ustar Interchange Format" and "pax Interchange Format".
struct TarStream {
  /// One file or folder.
  struct Entry: Equatable {
    /// The components of its path, without empty ones and `.`.
    var path: [EntryName]
    /// What it is.
    var kind: Kind
  }

  /// What an entry is.
  enum Kind: Equatable {
    case file([UInt8])
    case folder
    /// A link, of whatever kind, as a predicate: "is a symbolic link".
    case link(String)
  }

  /// The entries, in the order of the stream.
  private(set) var entries: [Entry] = []

  private static let block = 512
  /// How deeply folders may be nested.
  private static let maximumDepth = 32

  /// Parses `stream`.
  ///
  /// - Throws: `ArchiveFault` for devices, and for paths that lead out of the archive.
  init(_ stream: [UInt8]) throws(ArchiveFault) {
    var rest = stream[...]
    var longName: [UInt8]?
    while rest.count >= Self.block, rest.prefix(Self.block).contains(where: { $0 != 0 }) {
      let header = Array(rest.prefix(Self.block))
      rest = rest.dropFirst(Self.block)
      guard let size = Self.octal(header[124..<136]), size <= rest.count else { throw .malformed }
      let bytes = Array(rest.prefix(size))
      rest = rest.dropFirst((size + Self.block - 1) / Self.block * Self.block)
      switch header[156] {
      case UInt8(ascii: "x"): longName = Self.paxPath(bytes)
      case UInt8(ascii: "g"): continue
      default:
        try add(longName ?? Self.name(header), kind: header[156], bytes)
        longName = nil
      }
      if entries.count > IntakeRules.maximumEntries { throw .tooManyEntries }
    }
  }

  private mutating func add(_ name: [UInt8], kind: UInt8, _ bytes: [UInt8]) throws(ArchiveFault) {
    let shown = Printable.line(EntryName(name).text, limit: 100)
    if name.first == Self.slash { throw .hostile(shown, "is an absolute path") }
    let path = name.split(separator: Self.slash).map { EntryName($0) }.filter { $0 != EntryName(".") }
    if path.contains(EntryName("..")) { throw .hostile(shown, "leads out of the archive") }
    if path.count > Self.maximumDepth { throw .hostile(shown, "lies in more than \(Self.maximumDepth) folders") }
    switch kind {
    case UInt8(ascii: "0"), 0: entries.append(Entry(path: path, kind: .file(bytes)))
    case UInt8(ascii: "5"): entries.append(Entry(path: path, kind: .folder))
    case UInt8(ascii: "1"): entries.append(Entry(path: path, kind: .link("is a hard link")))
    case UInt8(ascii: "2"): entries.append(Entry(path: path, kind: .link("is a symbolic link")))
    default: throw .hostile(shown, "is neither a file nor a folder")
    }
  }

  private static let slash = UInt8(ascii: "/")

  private static func name(_ header: [UInt8]) -> [UInt8] {
    let name = bytes(header[0..<100])
    let prefix = bytes(header[345..<500])
    return prefix.isEmpty ? name : prefix + [slash] + name
  }

  /// The `path` record in a pax header: `LENGTH path=VALUE\n`.
  private static func paxPath(_ bytes: [UInt8]) -> [UInt8]? {
    var rest = bytes[...]
    let key = Array("path=".utf8)
    while let blank = rest.firstIndex(of: UInt8(ascii: " ")) {
      guard let length = Int(String(decoding: rest[..<blank], as: UTF8.self)), length > 0, length <= rest.count,
        rest.startIndex + length > blank
      else { return nil }
      let record = rest.prefix(length)[(blank + 1)...].dropLast()
      if record.starts(with: key) { return Array(record.dropFirst(key.count)) }
      rest = rest.dropFirst(length)
    }
    return nil
  }

  private static func bytes(_ field: ArraySlice<UInt8>) -> [UInt8] { Array(field.prefix { $0 != 0 }) }

  private static func octal(_ bytes: ArraySlice<UInt8>) -> Int? {
    let digits = String(decoding: Self.bytes(bytes), as: UTF8.self).filter { $0 != " " }
    return digits.isEmpty ? 0 : Int(digits, radix: 8)
  }
}

extension TarStream {
  /// Whether bytes begin like a tar archive: with a header whose checksum is right, or with the end of an empty
  /// archive.
  ///
  /// The unpacker recognizes many formats by their beginnings, among them lists of files that are stored elsewhere.
  static func isTar(_ bytes: some Collection<UInt8>) -> Bool {
    let header = Array(bytes.prefix(block))
    guard header.count == block else { return false }
    if header.allSatisfy({ $0 == 0 }) { return true }
    let field = 148..<156
    let sum = header.indices.reduce(0) { $0 + (field.contains($1) ? Int(UInt8(ascii: " ")) : Int(header[$1])) }
    return octal(header[field]) == sum
  }
}
