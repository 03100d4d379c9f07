/// A chapter, the sheet of a lab, or a section of one of them, found.
package struct Place: Sendable {
  /// What to type for it: "5", "5#buddy-allocator", "labs/buddy".
  package let reference: String
  /// The heading of the section, or nil for the whole text.
  package let heading: Document.Heading?
  /// The text to read.
  package var document: Document
  /// The lab that has the name by which the section was found, if there is one.
  package let namesake: LabFolder?

  /// A whole text.
  init(whole text: String, _ document: Document) {
    self.init(reference: text, heading: nil, document: document, namesake: nil)
  }

  /// A section of a text.
  init(_ heading: Document.Heading, of text: String, _ document: Document, namesake: LabFolder? = nil) {
    self.init(
      reference: "\(text)#\(heading.anchor)", heading: heading, document: document.section(heading), namesake: namesake)
  }

  private init(reference: String, heading: Document.Heading?, document: Document, namesake: LabFolder?) {
    self.reference = reference
    self.heading = heading
    self.document = document
    self.namesake = namesake
  }
}
