/// When to use colour: the option that every command with coloured output takes.
package enum ColorChoice: String, CaseIterable {
  /// As the environment says, else if the stream is a terminal.
  case auto
  /// Even into a file or a pipe.
  case always
  /// Not at all.
  case never

  /// Whether to use colour in what goes to a descriptor.
  ///
  /// `NO_COLOR` (https://no-color.org) and `FORCE_COLOR` count if they are not empty, whatever they say, except that
  /// `FORCE_COLOR=0` means no. If both are set, `NO_COLOR` wins, and a choice on the command line wins over both. A
  /// terminal without a name (`TERM` unset) is not trusted with colours.
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
