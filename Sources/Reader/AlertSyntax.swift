/// The labels that CommonMark does not know: `[!NOTE]` in a quote, `[ ]` in a list.
enum AlertSyntax {
  /// The alert that a quote with these blocks is, if its first line is a label and nothing else.
  static func alert(_ blocks: [Block]) -> Block.Content? {
    guard let first = blocks.first, case .paragraph(let inlines) = first.content, case .text(let text)? = inlines.first,
      let alert = Alert.allCases.first(where: { text == "[!\($0.rawValue.uppercased())]" })
    else { return nil }
    guard inlines.count > 1 else { return .alert(alert, Array(blocks.dropFirst())) }
    guard inlines[1] == .softBreak || inlines[1] == .lineBreak else { return nil }
    let paragraph = Block(line: first.line + 1, content: .paragraph(Array(inlines.dropFirst(2))))
    return .alert(alert, [paragraph] + blocks.dropFirst())
  }
}

extension List.Item {
  /// The item with its check box taken out of its text, if that begins with `[ ] ` or `[x] `.
  var withTask: List.Item {
    guard let first = blocks.first, case .paragraph(var inlines) = first.content, case .text(let text)? = inlines.first,
      let isDone = ["[ ] ": false, "[x] ": true, "[X] ": true][text.prefix(4)]
    else { return self }
    inlines[0] = .text(String(text.dropFirst(4)))
    return List.Item(
      isDone: isDone, blocks: [Block(line: first.line, content: .paragraph(inlines))] + blocks.dropFirst())
  }
}
