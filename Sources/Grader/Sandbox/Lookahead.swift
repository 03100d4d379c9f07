/// The cases of the next check, which run in a process of their own while the current check is being judged.
///
/// It begins only when the next check's share of the time is settled, so what comes of it is what would have come of
/// the same cases later.
struct Lookahead: Sendable {
  /// The number of the check.
  let check: Int
  private let answering: Task<Conversation.Reply, any Error>

  /// Asks a process that has seen no case what the next check asks.
  ///
  /// - Parameters:
  ///   - questions: makes the cases, as they travel.
  ///   - limits: what they may use together.
  init(
    to check: Int, in conversation: Conversation, within limits: Limits,
    _ questions: @escaping @Sendable () throws -> [[UInt8]]
  ) {
    self.check = check
    answering = Task { try await conversation.answering(try questions(), within: limits) }
  }

  /// Waits for what came of it.
  ///
  /// - Throws: what asking throws, and `CancellationError`.
  var reply: Conversation.Reply {
    get async throws {
      try await withTaskCancellationHandler {
        try await answering.value
      } onCancel: {
        answering.cancel()
      }
    }
  }

  /// Ends it when its answers are not wanted; when this returns, nothing is left of the process.
  func drop() async {
    answering.cancel()
    guard case .success(let reply) = await answering.result else { return }
    await reply.conversation.process.end()
  }
}
