import CCmark

/// Containers nested deeper than this are dissolved: their contents stay at this depth.
private let deepestNesting = 16

/// Copies what libcmark parsed into values, and frees it.
///
/// libcmark knows only CommonMark. Tables, alerts, check boxes and footnote references are recognised
/// here, while the lines of the source are at hand.
struct CmarkTree {
  private let source: Source
  /// The lines of the text that is being copied: the file, or a text outside its flow.
  private var lines: [ArraySlice<UInt8>]
  /// The labels of the footnotes that were referred to, in the order of their numbers.
  private(set) var footnoteLabels: [String] = []

  /// Prepares for the text of a file.
  init(_ source: Source) {
    self.source = source
    lines = source.lines
  }

  /// The blocks of the whole file.
  mutating func blocks() -> [Block] {
    withTree(source.bytes) { tree, root in tree.blocks(in: root, depth: 0) }
  }

  /// The blocks of a text outside the flow of the file.
  mutating func blocks(of text: [UInt8]) -> [Block] {
    let outside = lines
    lines = text.split(separator: newline, omittingEmptySubsequences: false)
    defer { lines = outside }
    return withTree(text + [newline, newline] + source.definitions) { tree, root in tree.blocks(in: root, depth: 1) }
  }

  /// Running text without blocks, one for each element, such as the cells of a table.
  ///
  /// Each becomes a heading of its own, since only that cannot turn into a list or into code; the closing hashes
  /// protect those that a text may end with.
  mutating func inlines(of texts: [[UInt8]]) -> [[Inline]] {
    var bytes: [UInt8] = []
    for text in texts { bytes += [hash, space] + text + [space, hash, newline] }
    let parsed = withTree(bytes + [newline] + source.definitions) { tree, root in
      children(of: root).map { tree.inlines(in: $0, depth: 1) }
    }
    return Array(parsed.prefix(texts.count))
  }

  private mutating func withTree<Result>(_ text: [UInt8], _ body: (inout CmarkTree, OpaquePointer) -> Result) -> Result
  {
    let root = text.withUnsafeBytes { buffer in
      cmark_parse_document(
        buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count, CMARK_OPT_VALIDATE_UTF8)
    }
    guard let root else { preconditionFailure("libcmark always returns a document") }
    defer { cmark_node_free(root) }
    cmark_consolidate_text_nodes(root)
    return body(&self, root)
  }
}

extension CmarkTree {
  private mutating func blocks(in parent: OpaquePointer, depth: Int) -> [Block] {
    var blocks: [Block] = []
    for node in depth < deepestNesting ? children(of: parent) : leaves(of: parent) {
      if let parts = partsAroundTable(in: node) {
        blocks += parts
        continue
      }
      guard let content = content(of: node, depth: depth) else { continue }
      blocks.append(Block(line: Int(cmark_node_get_start_line(node)), content: content))
    }
    return blocks
  }

  private mutating func content(of node: OpaquePointer, depth: Int) -> Block.Content? {
    switch cmark_node_get_type(node) {
    case CMARK_NODE_PARAGRAPH: return .paragraph(inlines(in: node, depth: 0))
    case CMARK_NODE_HEADING:
      return .heading(level: Int(cmark_node_get_heading_level(node)), inlines(in: node, depth: 0))
    case CMARK_NODE_LIST: return .list(list(node, depth: depth))
    case CMARK_NODE_BLOCK_QUOTE:
      let blocks = blocks(in: node, depth: depth + 1)
      return AlertSyntax.alert(blocks) ?? .quote(blocks)
    case CMARK_NODE_CODE_BLOCK:
      return .code(info: string(cmark_node_get_fence_info(node)), text: string(cmark_node_get_literal(node)))
    case CMARK_NODE_HTML_BLOCK: return .html(string(cmark_node_get_literal(node)))
    case CMARK_NODE_THEMATIC_BREAK: return .rule
    default: return nil
    }
  }

  /// The blocks of a paragraph, or of a heading with a line below it, that contains a table; nil if there is no table.
  ///
  /// CommonMark takes a table and a line of dashes right below it for a heading. Here they are a table and a rule.
  private mutating func partsAroundTable(in node: OpaquePointer) -> [Block]? {
    let isHeading = cmark_node_get_type(node) == CMARK_NODE_HEADING
    guard isHeading || cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH else { return nil }
    let first = Int(cmark_node_get_start_line(node))
    let last = min(Int(cmark_node_get_end_line(node)), lines.count)
    guard last > first else { return nil }
    var rows = [lines[first - 1].dropFirst(Int(cmark_node_get_start_column(node)) - 1)] + lines[first..<last]
    // The end of a heading with a line below it may be given as the blank line after that.
    while rows.last?.trimmedContainer.isEmpty == true { rows.removeLast() }
    let underline = isHeading ? rows.removeLast().trimmedContainer.first : nil
    guard TableSyntax.first(in: rows) != nil else { return nil }
    let rule = underline == dash ? [Block(line: first + rows.count, content: .rule)] : []
    return parts(rows, at: first) + rule
  }

  /// Text and tables in successive lines without a blank one.
  private mutating func parts(_ rows: [ArraySlice<UInt8>], at line: Int) -> [Block] {
    guard !rows.isEmpty else { return [] }
    guard let syntax = TableSyntax.first(in: rows) else {
      let words = rows.map { Array($0.trimmedContainer) }.joined(separator: [space])
      return [Block(line: line, content: .paragraph(inlines(of: [Array(words)]).first ?? []))]
    }
    let table = Block(line: line + syntax.lines.lowerBound, content: .table(syntax.parse(with: &self)))
    let before = parts(Array(rows[..<syntax.lines.lowerBound]), at: line)
    return before + [table] + parts(Array(rows[syntax.lines.upperBound...]), at: line + syntax.lines.upperBound)
  }

  private mutating func list(_ node: OpaquePointer, depth: Int) -> List {
    let isOrdered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
    var items: [List.Item] = []
    for item in children(of: node) {
      items.append(List.Item(isDone: nil, blocks: blocks(in: item, depth: depth + 1)).withTask)
    }
    return List(
      start: isOrdered ? Int(cmark_node_get_list_start(node)) : nil,
      delimiter: cmark_node_get_list_delim(node) == CMARK_PAREN_DELIM ? ")" : ".",
      isTight: cmark_node_get_list_tight(node) != 0, items: items)
  }

  private mutating func inlines(in parent: OpaquePointer, depth: Int) -> [Inline] {
    var inlines: [Inline] = []
    for node in depth < deepestNesting ? children(of: parent) : leaves(of: parent) {
      append(node, depth: depth + 1, to: &inlines)
    }
    return inlines
  }

  private mutating func append(_ node: OpaquePointer, depth: Int, to inlines: inout [Inline]) {
    switch cmark_node_get_type(node) {
    case CMARK_NODE_TEXT: appendText(string(cmark_node_get_literal(node)), to: &inlines)
    case CMARK_NODE_CODE: inlines.append(.code(string(cmark_node_get_literal(node))))
    case CMARK_NODE_HTML_INLINE: inlines.append(.html(string(cmark_node_get_literal(node))))
    case CMARK_NODE_SOFTBREAK: inlines.append(.softBreak)
    case CMARK_NODE_LINEBREAK: inlines.append(.lineBreak)
    case CMARK_NODE_EMPH: inlines.append(.emphasis(self.inlines(in: node, depth: depth)))
    case CMARK_NODE_STRONG: inlines.append(.strong(self.inlines(in: node, depth: depth)))
    case CMARK_NODE_LINK:
      inlines.append(.link(url: string(cmark_node_get_url(node)), self.inlines(in: node, depth: depth)))
    case CMARK_NODE_IMAGE:
      inlines.append(.image(url: string(cmark_node_get_url(node)), self.inlines(in: node, depth: depth)))
    default: break
    }
  }

  /// Text, in which `[^label]` is a reference if that footnote is defined.
  private mutating func appendText(_ text: String, to inlines: inout [Inline]) {
    guard !source.footnotes.isEmpty else { return inlines.append(.text(text)) }
    var rest = text[...]
    var start = rest.startIndex
    while let open = rest[start...].firstIndex(of: "[") {
      start = rest.index(after: open)
      guard rest[start...].first == "^", let close = rest[start...].firstIndex(of: "]") else { continue }
      let label = String(rest[rest.index(after: start)..<close])
      guard source.footnotes[label] != nil else { continue }
      if open > rest.startIndex { inlines.append(.text(String(rest[..<open]))) }
      inlines.append(.footnote(number(ofFootnote: label)))
      rest = rest[rest.index(after: close)...]
      start = rest.startIndex
    }
    if !rest.isEmpty { inlines.append(.text(String(rest))) }
  }

  private mutating func number(ofFootnote label: String) -> Int {
    if let index = footnoteLabels.firstIndex(of: label) { return index + 1 }
    footnoteLabels.append(label)
    return footnoteLabels.count
  }
}

private func children(of parent: OpaquePointer) -> [OpaquePointer] {
  var nodes: [OpaquePointer] = []
  var next = cmark_node_first_child(parent)
  while let node = next {
    nodes.append(node)
    next = cmark_node_next(node)
  }
  return nodes
}

/// The nodes with text below a node, however deep, found without recursion.
///
/// Below a container those are blocks; below a paragraph or an inline they are inlines.
private func leaves(of parent: OpaquePointer) -> [OpaquePointer] {
  let wanted = cmark_node_get_type(parent).holdsBlocks ? leafBlocks : leafInlines
  var nodes: [OpaquePointer] = []
  let iterator = cmark_iter_new(parent)
  defer { cmark_iter_free(iterator) }
  while true {
    let event = cmark_iter_next(iterator)
    if event == CMARK_EVENT_DONE { return nodes }
    guard event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(iterator) else { continue }
    if wanted.contains(cmark_node_get_type(node)) { nodes.append(node) }
  }
}

private let leafBlocks = [
  CMARK_NODE_PARAGRAPH, CMARK_NODE_HEADING, CMARK_NODE_CODE_BLOCK, CMARK_NODE_HTML_BLOCK, CMARK_NODE_THEMATIC_BREAK,
]
private let leafInlines = [
  CMARK_NODE_TEXT, CMARK_NODE_CODE, CMARK_NODE_HTML_INLINE, CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK,
]

extension cmark_node_type {
  fileprivate var holdsBlocks: Bool {
    [CMARK_NODE_DOCUMENT, CMARK_NODE_BLOCK_QUOTE, CMARK_NODE_LIST, CMARK_NODE_ITEM].contains(self)
  }
}

private func string(_ text: UnsafePointer<CChar>?) -> String {
  text.map { String(cString: $0) } ?? ""
}
