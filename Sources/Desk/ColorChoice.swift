/// When to colour: the option that every command with coloured output takes.
package enum ColorChoice: String, CaseIterable {
  /// As the environment says, else where the stream is a terminal.
  case auto
  /// Also into a file or a pipe.
  case always
  /// Nowhere.
  case never

  /// Whether to colour what goes to a descriptor.
  ///
  /// `NO_COLOR` (https://no-color.org) and `FORCE_COLOR` count when they are not empty, whatever they say (but `FORCE_COLOR=0` is no);
  /// where both are set, `NO_COLOR` wins, and a choice on the command line wins over both. A terminal without a name
  /// (`TERM` unset) is not trusted with colours.
  package func enabled(for descriptor: Int32) -> Bool {
    switch self {
    case .always: return true
    case .never: return false
    case .auto:
      if environment("NO_COLOR") != nil { return false }
      if let force = environment("FORCE_COLOR") { return force != "0" }
      guard let terminal = environment("TERM") else { return false }
      return Terminal.isTerminal(descriptor) && terminal != "dumb"
    }
  }
}
