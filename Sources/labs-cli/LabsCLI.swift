import ArgumentParser

@main
struct LabsCLI: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "labs-cli", abstract: "Kernel by Hand: an exercise book on operating systems.")
}
