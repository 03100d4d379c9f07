import ArgumentParser

/// The command line of the book, one file a command.
@main
struct LabsCLI: AsyncParsableCommand {
  /// The subcommands, in the order in which the help lists them.
  static let configuration = CommandConfiguration(
    commandName: "labs-cli", abstract: "Kernel by Hand: an exercise book on operating systems.",
    subcommands: [
      List.self, Start.self, Read.self, Hint.self, Reset.self, Progress.self, Sim.self, Pages.self, Dev.self,
    ])

  /// Runs a command; a refusal becomes one line and its exit status.
  ///
  /// On the main actor and parsed at once, so that a command that does nothing concurrently starts no threads.
  @MainActor static func main() async {
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let refusal as Refusal {
      Terminal.complain(refusal.message)
      exit(withError: ExitCode(refusal.status.rawValue))
    } catch {
      exit(withError: error)
    }
  }
}
