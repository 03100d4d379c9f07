import Foundation

/// The two commands that make a program of a submission; paths as they are in the sandbox.
///
/// The driver `swiftc` would run four programs where two are enough, and take twice the time: it searches the libraries
/// for what to link with, and then starts again with the system's slow linker.
struct Compilation {
  /// Compiles all files into one object.
  let compile: [String]
  /// Links it with the runner; empty if the first command does that too.
  let link: [String]

  /// Where the build leaves the program.
  private static let program = "/out/program"
  private static let options = [
    "-Onone", "-gline-tables-only", "-swift-version", "6", "-module-name", "Submission", "-I", "/kit",
    "-module-cache-path", "/modules", "-diagnostic-style", "llvm",
  ]

  /// Functions that start a thread or a process; calling one ends the submission, even from a library: see the runner.
  private static let refusals = [
    "pthread_create", "thrd_create", "dispatch_apply", "dispatch_apply_f", "fork", "vfork", "_Fork", "posix_spawn",
    "posix_spawnp", "clone",
  ].map { "-Wl,--defsym=\($0)=lab_runner_refuse_start" }

  /// The commands for `sources`.
  init(_ toolchain: Toolchain, sources: [String]) {
    #if os(Linux)
      let object = "/out/submission.o"
      let frontend = [toolchain.root + "/bin/swift-frontend", "-frontend", "-c", "-disable-objc-interop"]
      compile = frontend + sources + Self.options + ["-o", object]
      link =
        [toolchain.root + "/bin/clang"] + toolchain.linkerOptions + ["-pie", "-rpath", toolchain.libraries]
        + [toolchain.startFile, object, "/kit/libLabRunner.a"] + Self.refusals
        // The explorer keeps its fibers' exclusive accesses apart with this library's help, and refers to it weakly.
        + ["-Wl,--no-as-needed", toolchain.libraries + "/libswift_Concurrency.so", "-Wl,--as-needed"]
        + toolchain.sharedLibraries + ["-lm", "-o", Self.program]
    #else
      compile =
        [toolchain.compiler] + sources + Self.options
        + ["-wmo", "-no-color-diagnostics", "/kit/libLabRunner.a", "-o", Self.program]
      link = []
    #endif
  }
}

extension Toolchain {
  /// Its own linker, which takes a third of the time that the system's takes.
  fileprivate var linkerOptions: [String] {
    FileManager.default.isExecutableFile(atPath: root + "/bin/ld.lld") ? ["-fuse-ld=lld"] : []
  }

  /// What registers a program's types with the runtime before `main`.
  fileprivate var startFile: String {
    #if arch(arm64)
      libraries + "/aarch64/swiftrt.o"
    #else
      libraries + "/x86_64/swiftrt.o"
    #endif
  }

  /// All of Swift's libraries: the linker takes those that a submission has imported.
  fileprivate var sharedLibraries: [String] {
    do {
      let names = try FileManager.default.contentsOfDirectory(atPath: libraries)
      return names.filter { $0.hasPrefix("lib") && $0.hasSuffix(".so") }.sorted().map { libraries + "/" + $0 }
    } catch {
      // Then there is nothing to link with, and the linker says so.
      return []
    }
  }
}
