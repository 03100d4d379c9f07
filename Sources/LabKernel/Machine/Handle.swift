/// A row of a table, by its number: a name for a task, a pipe, a mutex, and everything else that the kernel keeps in
/// tables.
///
/// ```swift
/// let pipe = pipes.insert(PipeRow(…))       // PipeID, which is Handle<PipeRow>
/// pipes[pipe]?.readers                      // tasks[pipe] does not compile
/// ```
/// What the row holds is part of the type, so a handle of one table cannot be used with another.
///
/// - Source: Linux passes pointers around; a handle cannot dangle, and copying the kernel does not change it.
@frozen public struct Handle<Row>: Sendable {
  /// The number of the row.
  public var raw: Int32

  /// The handle of row `row`.
  @inlinable public init(_ row: Int) { raw = Int32(row) }
  /// The handle of row `raw`.
  @inlinable package init(raw: Int32) { self.raw = raw }

  /// The number of the row, to index with.
  @inlinable public var index: Int { Int(raw) }

  /// The handle that names no row.
  @inlinable package static var none: Handle { Handle(raw: -1) }
}

extension Handle: Hashable {
  /// Whether both name the same row.
  @inlinable public static func == (left: Handle, right: Handle) -> Bool { left.raw == right.raw }
  /// Feeds the number of the row into `hasher`.
  @inlinable public func hash(into hasher: inout Hasher) { hasher.combine(raw) }
}

extension Handle: Codable {}
