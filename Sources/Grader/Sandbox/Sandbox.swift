import Foundation

/// How a command is kept away from everything else on this machine.
///
/// Started as root, it drops to an unprivileged user before it enters the sandbox: limits on processes do not bind
/// root, and an escape from the sandbox would end as an unprivileged user.
package struct Sandbox: Sendable, Equatable {
  /// Which protections are in force; every report names it.
  package enum Tier: String, Sendable, Codable {
    /// Namespaces by bubblewrap, limits, a filter of system calls.
    case bubblewrap
    /// Limits and the filter of system calls alone: for a student's own program on the student's own machine.
    case none

    /// What it protects against, in a few words, for reports.
    package var words: String {
      switch self {
      case .bubblewrap: "bubblewrap (no network, limits a process, filtered calls; no cgroups)"
      case .none: "NONE (limits a process, filtered calls; every file can be read)"
      }
    }
  }

  /// Which protections are in force.
  package let tier: Tier
  /// The helper that sets the limits, on this machine.
  let shim: String
  /// The folder of Swift's libraries: submissions need them, and so does the helper.
  let libraries: String

  /// A sandbox of `tier`, with the staged `sandbox-shim` at `shim`.
  package init(tier: Tier, shim: String, libraries: String) {
    self.tier = tier
    self.shim = shim
    self.libraries = libraries
  }

  /// Where Debian and all other distributions install bubblewrap.
  package static let bubblewrap = "/usr/bin/bwrap"
  /// The user as whom submissions run if the grader runs as root: `nobody`.
  static let unprivilegedUser: UInt32 = 65534

  /// Whether this process has to drop its privileges before it enters a sandbox.
  static var isPrivileged: Bool { geteuid() == 0 }
  /// The user as whom a keeper starts a sandbox; nil if that is the grader's own.
  static var user: UInt32? { isPrivileged ? unprivilegedUser : nil }
}

/// A file or a folder that a sandboxed command gets to see.
struct Mount: Sendable {
  var host: String
  var inside: String
  var isWritable = false

  /// Folders of this machine at their own places: those that exist and are inside no other of them.
  static func readOnly(_ folders: [String]) -> [Mount] {
    Set(folders).sorted().filter { path in
      FileManager.default.fileExists(atPath: path) && !folders.contains { path.hasPrefix($0 + "/") }
    }.map { Mount(host: $0, inside: $0) }
  }
}

/// A command, as it is inside the sandbox.
struct SandboxedCommand: Sendable {
  /// What kind of program it is, in the words of `sandbox-shim`.
  enum Kind: String {
    /// A submission, with a channel.
    case submission = "run"
    /// A tool of ours that reads what a student sent: the compiler, the unpacker.
    case tool
    /// The interpreter of our own scripts, which issues their system calls.
    case conformance = "conform"
  }

  var kind: Kind
  var limits: ResourceLimits
  var mounts: [Mount]
  /// The size of the only place where it can write freely, `/tmp`.
  var scratchBytes = 16 << 20
  var environment: [String: String] = [:]
  /// The program and its arguments; paths as they are inside.
  var arguments: [String]
  /// The program that runs after it, if it succeeds, and that program's arguments; none if empty.
  var then: [String] = []
}

extension Sandbox {
  /// What to execute on this machine for `command`, as ``user``.
  func invocation(of command: SandboxedCommand) -> [String] {
    let limits = command.limits.arguments(countsProcesses: tier == .bubblewrap)
    let words = command.arguments + (command.then.isEmpty ? [] : ["--then"] + command.then)
    let inner = [command.kind.rawValue] + limits
    switch tier {
    case .none: return [shim] + inner + words.map { outside($0, command.mounts) }
    case .bubblewrap:
      return [Self.bubblewrap] + Self.namespaces + capabilities(of: command.kind) + fileSystem(for: command)
        + ["--", "/box/shim"] + inner + words
    }
  }

  /// What the command finds in its environment: nothing of ours, and nothing that differs from run to run.
  ///
  /// Every process that reads or runs what a student sent gets its environment here.
  func environment(of command: SandboxedCommand) -> [String: String] {
    let fixed = [
      "LANG": "C.UTF-8", "TZ": "UTC", "MALLOC_ARENA_MAX": "1", "SWIFT_BACKTRACE": "enable=no",
      "SWIFT_DETERMINISTIC_HASHING": "1", "PATH": "/usr/bin:/bin",
      "HOME": "/tmp", "TMPDIR": "/tmp",
    ]
    return fixed.merging(command.environment) { $1 }
  }

  /// Process 1 is our helper, not bubblewrap's, which shows its memory to the program and has no limits.
  private static let namespaces = [
    "--unshare-user", "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try",
    "--disable-userns", "--uid", "\(unprivilegedUser)", "--gid", "\(unprivilegedUser)", "--hostname", "box",
    "--new-session", "--die-with-parent", "--cap-drop", "ALL", "--as-pid-1",
  ]

  /// The interpreter may create process-id namespaces, each inside the one that it is in itself.
  private func capabilities(of kind: SandboxedCommand.Kind) -> [String] {
    kind == .conformance ? ["--cap-add", "CAP_SYS_ADMIN"] : []
  }

  /// Everything that bubblewrap mounts on its own is writable and as large as half the memory, so each mount is made
  /// read-only again or gets a size.
  private func fileSystem(for command: SandboxedCommand) -> [String] {
    var arguments = [
      "--proc", "/proc", "--dev", "/dev", "--size", "1048576", "--tmpfs", "/dev/shm", "--remount-ro", "/dev",
    ]
    if command.kind == .submission {
      for device in ["/dev/random", "/dev/urandom"] { arguments += ["--ro-bind", "/dev/null", device] }
    }
    arguments += ["--perms", "0700", "--size", "\(command.scratchBytes)", "--tmpfs", "/tmp"]
    arguments += ["--ro-bind", shim, "/box/shim"]
    for mount in Mount.readOnly(Self.systemLibraries + [libraries]) + command.mounts {
      arguments += [mount.isWritable ? "--bind" : "--ro-bind", mount.host, mount.inside]
    }
    for folder in ["/lib", "/lib64"] { arguments += systemFolder(folder) }
    return arguments + ["--remount-ro", "/", "--chdir", "/tmp"]
  }

  private static let systemLibraries = ["/usr/lib", "/usr/lib64"]

  /// `/lib` is a link into `/usr` on some systems and a folder on others.
  private func systemFolder(_ path: String) -> [String] {
    var status = stat()
    guard lstat(path, &status) == 0 else { return [] }
    guard status.st_mode & S_IFMT == S_IFLNK, let target = realpath(path, nil) else {
      return ["--ro-bind", path, path]
    }
    defer { free(target) }
    return ["--symlink", String(cString: target), path]
  }

  /// The path on this machine of what an argument names inside; other arguments stay the same.
  private func outside(_ argument: String, _ mounts: [Mount]) -> String {
    for mount in mounts where argument == mount.inside || argument.hasPrefix(mount.inside + "/") {
      return mount.host + argument.dropFirst(mount.inside.count)
    }
    return argument
  }
}
