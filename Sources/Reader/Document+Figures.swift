extension Document {
  /// The same text with a number above each figure that a command prints: `Figure 4.7`, the seventh of chapter 4.
  ///
  /// They are counted in the whole chapter, so that a section shows the same numbers as the chapter.
  func numberingFigures(of chapter: Int) -> Document {
    var number = 0
    return Document(
      blocks: blocks.flatMap { block in
        guard case .code(let info, let text) = block.content, Figures.labs(of: info) != nil,
          Figures.command(of: text) != nil
        else { return [block] }
        number += 1
        let caption = Inline.emphasis([.text("Figure \(chapter).\(number)")])
        return [Block(line: block.line, content: .paragraph([caption])), block]
      }, footnotes: footnotes)
  }

  /// The same text for a copy of the book without the solutions: under each figure that was made with some of them, a
  /// note says so, and says which command prints it with the reader's own components.
  package var withoutSolutions: Document {
    Document(
      blocks: blocks.flatMap { block in
        guard case .code(let info, let text) = block.content, let note = Document.note(info, text, line: block.line)
        else { return [block] }
        return [block, note]
      }, footnotes: footnotes)
  }

  /// The longest command that names the labs: without names, all labs that the reader has begun take part.
  private static let longestCommand = 72

  /// The note under a figure; nil if the figure needs no solution.
  private static func note(_ info: String, _ text: String, line: Int) -> Block? {
    guard let labs = Figures.labs(of: info), !labs.isEmpty, let command = Figures.command(of: text) else { return nil }
    let named = command + " --mine " + labs.joined(separator: " ")
    let own = named.count > longestCommand || !command.hasPrefix("labs-cli sim ") ? command + " --mine" : named
    let names: [Inline] = labs.enumerated().flatMap { index, lab -> [Inline] in
      let joint = index == 0 ? "" : index == labs.count - 1 ? " and " : ", "
      return joint.isEmpty ? [.code(lab)] : [.text(joint), .code(lab)]
    }
    let (before, behind) = labs.count == 1 ? ("the lab ", " is done:") : ("the labs ", " are done:")
    let sentence = [.text("Your copy prints this figure once " + before)] + names + [.text(behind)]
    return Block(
      line: line,
      content: .alert(
        .note,
        [
          Block(line: line, content: .paragraph(sentence)),
          Block(line: line, content: .code(info: "console", text: Figures.prompt + own + "\n")),
        ]))
  }
}
