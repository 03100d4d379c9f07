import Reader

extension String {
  /// With blanks behind it, up to `width` columns.
  package func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - DisplayWidth.of(self)))
  }
}
