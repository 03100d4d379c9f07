/// What the highlighter knows about a language: a row of a table, not a grammar.
struct Language: Sendable {
  /// Its names after a fence.
  var names: [String]
  /// What begins a comment that ends with the line.
  var lineComments: [[UInt8]] = []
  /// Whether `/* … */` is a comment.
  var hasBlockComments = false
  /// Whether such comments nest.
  var nestsComments = false
  /// The marks around strings.
  var quotes: [UInt8] = []
  /// Whether three marks open a string of several lines.
  var hasTripleQuotes = false
  /// The characters that make the word after them an attribute, a directive or a variable.
  var sigils: [UInt8] = []
  /// The words of the language.
  var keywords: Set<String> = []
  /// Whether words that begin with a capital are types.
  var capitalsAreTypes = false
  /// Whether `word:` at the beginning of a line is a key.
  var hasKeys = false
  /// Whether lines that begin with `$ ` are commands, and all others what they printed.
  var hasPrompts = false

  /// The language that a fence names, if it is known.
  static func named(_ info: String) -> Language? {
    let name = info.prefix { $0 != " " && $0 != "," && $0 != "{" }.lowercased()
    return name.isEmpty ? nil : all.first { $0.names.contains(name) }
  }

  private static let all = [swift, c, shell, console, yaml, assembler]

  private static let swift = Language(
    names: ["swift"], lineComments: [slashes], hasBlockComments: true, nestsComments: true, quotes: [doubleQuote],
    hasTripleQuotes: true, sigils: [at, hash],
    keywords: words(
      """
      actor any as associatedtype async await borrowing break case catch class consuming continue default defer deinit
      do else enum extension fallthrough false fileprivate final for func get guard if import in indirect init inout
      internal is isolated lazy let mutating nil nonisolated nonmutating open operator override package private protocol
      public repeat rethrows return self Self set some static struct subscript super switch throw throws true try
      typealias unowned var weak where while willSet didSet
      """), capitalsAreTypes: true)

  private static let c = Language(
    names: ["c", "h", "cpp", "c++"], lineComments: [slashes], hasBlockComments: true,
    quotes: [doubleQuote, singleQuote], sigils: [hash],
    keywords: words(
      """
      auto bool break case char const continue default do double else enum extern false float for goto if inline int long
      NULL register restrict return short signed sizeof static struct switch true typedef union unsigned void volatile
      while size_t ssize_t pid_t int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t _Atomic
      """))

  private static let shell = Language(
    names: ["sh", "bash", "shell", "zsh"], lineComments: [[hash]], quotes: [doubleQuote, singleQuote], sigils: [dollar],
    keywords: words(
      """
      if then else elif fi for in do done while until case esac function return local export set unset trap exit
      """))

  private static let console = Language(names: ["console", "shell-session", "terminal"], hasPrompts: true)

  private static let yaml = Language(
    names: ["yaml", "yml"], lineComments: [[hash]], quotes: [doubleQuote, singleQuote],
    keywords: words("true false null yes no"), hasKeys: true)

  private static let assembler = Language(
    names: ["asm", "s", "gas", "riscv", "x86asm"], lineComments: [[hash], slashes, [0x3B]], quotes: [doubleQuote],
    sigils: [dot, 0x25], hasKeys: true)

  private static let slashes = [slash, slash]

  private static func words(_ list: String) -> Set<String> {
    Set(list.split { $0 == " " || $0 == "\n" }.map(String.init))
  }
}

/// What a piece of code is.
enum Token: Sendable {
  /// A word of the language.
  case keyword
  /// The name of a type.
  case type
  /// A string.
  case string
  /// A number.
  case number
  /// A comment.
  case comment
  /// An attribute, a directive, a variable.
  case attribute
  /// A key, or a label.
  case key
  /// Where a shell waits for a command.
  case prompt
  /// What was typed after the prompt.
  case command
}
