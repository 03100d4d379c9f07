/// The content of an archive, as a tree of what was handed in.
struct ArchiveContent {
  private let root: [HandedIn]

  /// The content of an archive with these entries.
  init(_ entries: [TarStream.Entry]) {
    var tree = Node()
    for entry in entries where !entry.path.isEmpty { tree.add(entry, at: entry.path[...]) }
    root = tree.entries
  }

  /// The submissions in it: for one lab if `submission` names one.
  ///
  /// A single folder around everything is stripped.
  func submissions(of submission: Submission, _ labs: KnownLabs) -> [Submission] {
    guard submission.lab.isEmpty else {
      return [Layout.submission(submission.student, submission.lab, Self.unwrapped(root))]
    }
    // A folder named like a lab is not a wrapper.
    let isWrapped = root.count == 1 && root[0].entries?.contains { $0.entries != nil } == true
    let isLab = root.first.map { labs.lab(folder: $0.name) != nil } ?? false
    return Layout(isWrapped && !isLab ? Self.unwrapped(root) : root, of: submission.student, labs).submissions
  }

  private static func unwrapped(_ entries: [HandedIn]) -> [HandedIn] {
    guard entries.count == 1, let inside = entries[0].entries else { return entries }
    return inside
  }

  /// A folder while entries are added to it.
  private struct Node {
    private var order: [EntryName] = []
    private var children: [EntryName: Node] = [:]
    private var kind = HandedIn.Kind.folder([])

    /// Puts an entry where its path says; of two in the same place, the later one counts.
    mutating func add(_ entry: TarStream.Entry, at path: ArraySlice<EntryName>) {
      guard let name = path.first else {
        switch entry.kind {
        case .file(let bytes): kind = .file(.bytes(bytes))
        case .folder: kind = .folder([])
        case .link(let what): kind = .link(what)
        }
        return
      }
      if children[name] == nil { order.append(name) }
      children[name, default: Node()].add(entry, at: path.dropFirst())
    }

    /// The entries in it, sorted, without rubbish.
    var entries: [HandedIn] {
      order.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }.compactMap { name in
        guard let child = children[name] else { return nil }
        var kind = child.kind
        if case .folder = kind { kind = .folder(child.entries) }
        let entry = HandedIn(name: name, kind: kind)
        return entry.isRubbish ? nil : entry
      }
    }
  }
}
