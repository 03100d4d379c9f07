import Reader

extension String {
  /// Returns the text with blanks after it, up to `width` columns.
  package func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - DisplayWidth.of(self)))
  }
}
