#!/usr/bin/env bash
# Measures grading against the bare compiler, against `swift test`, and when nothing has changed.
set -euo pipefail
# shellcheck source=Benchmarks/measure.sh
source "$(dirname "$0")/measure.sh"

runs=${RUNS:-5}
students=200
submission=$book/samples/submissions/ada/buddy/BuddyAllocator.swift

grade() { "$labs" grade "$1" --out "$2" --book "$book"; }

# One submission, into a folder without earlier results.
grade_cold() {
  rm -rf "$scratch/cold"
  grade "$scratch/one" "$scratch/cold"
}

# The same file with the entry that the grader generates, compiled and linked as a user would, in one call and outside
# the sandbox. -wmo makes it faster: without it, the driver runs the compiler once per file.
compile_bare() {
  swiftc "$submission" "$scratch/Entry.swift" -Onone -wmo -swift-version 6 -module-name Submission \
    -I "$build/Modules" -Xcc -fmodule-map-file="$build/CFiber.build/module.modulemap" "$build/libLabRunner.a" \
    -o "$scratch/program"
}

# What one would do without a grader: a package of the kernel, the same file, and a test.
test_package() {
  rm -rf "$scratch/package/.build"
  swift build --package-path "$scratch/package" && swift test --package-path "$scratch/package"
}

prepare() {
  mkdir -p "$scratch/one/ada/buddy"
  cp "$submission" "$scratch/one/ada/buddy/"
  cat >"$scratch/Entry.swift" <<'END'
import LabHarness

@_silgen_name("kernel_by_hand_serve")
func kernelByHandServe<L: LabHarness.Lab>(_ lab: L.Type, _ component: L.Component)

@main enum KernelByHandEntry {
  static func main() { kernelByHandServe(LabHarness.BuddyLab.self, BuddyAllocator.self) }
}
END
}

prepare_package() {
  local package=$scratch/package
  mkdir -p "$package/Sources" "$package/Tests/Checks"
  cp -r "$book/Sources/LabKernel" "$book/Sources/Interleave" "$book/Sources/CFiber" "$package/Sources/"
  cp "$submission" "$package/Tests/Checks/"
  cat >"$package/Package.swift" <<'END'
// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "Handin",
  targets: [
    .target(name: "CFiber"), .target(name: "Interleave", dependencies: ["CFiber"], exclude: ["Interleave.docc"]),
    .target(name: "LabKernel", dependencies: ["Interleave"]), .testTarget(name: "Checks", dependencies: ["LabKernel"]),
  ])
END
  cat >"$package/Tests/Checks/BuddyTests.swift" <<'END'
import LabKernel
import Testing

@Test(arguments: 1...24) func blocksComeBack(seed: Int) throws {
  let frames = 37 * seed
  var allocator = BuddyAllocator(frames: frames)
  let atStart = allocator.freeBlocks
  var taken: [(FrameNumber, Int)] = []
  for step in 0..<100 {
    let order = (step * seed) % 4
    guard let frame = allocator.allocate(order: order) else { continue }
    #expect(frame.raw % (1 << order) == 0 && frame.raw + (1 << order) <= frames)
    taken.append((frame, order))
  }
  for (frame, order) in taken { try allocator.free(frame, order: order) }
  #expect(allocator.freeBlocks == atStart)
}
END
}

# Students who all handed in one of the samples, so that the first run need not compile each submission.
prepare_class() {
  local samples=(ada ben cleo noor)
  mkdir "$scratch/class"
  for ((number = 0; number < students; number++)); do
    cp -r "$book/samples/submissions/${samples[number % 4]}" "$scratch/class/student$number"
  done
}

measure_cold() {
  seconds grade_cold >/dev/null
  grep -q '1 passed' "$scratch/printed" || { echo "the sample does not pass" >&2; exit 2; }
  seconds compile_bare >/dev/null
  for ((run = 0; run < runs; run++)); do
    seconds grade_cold >>"$scratch/grade.times"
    seconds compile_bare >>"$scratch/swiftc.times"
  done
  cold=$(median <"$scratch/grade.times")
  echo "grade: median $cold s ($(span <"$scratch/grade.times")), swiftc: median" \
    "$(median <"$scratch/swiftc.times") s ($(span <"$scratch/swiftc.times")), $runs alternating runs each"
  check "cold grading of one submission / bare swiftc -Onone -wmo, by the least times" \
    "$(quotient "$(least <"$scratch/grade.times")" "$(least <"$scratch/swiftc.times")")" at-most 1.6 x
}

measure_package() {
  local whole
  whole=$(seconds test_package)
  echo "swift build && swift test, from clean: $whole s, one run"
  check "swift build && swift test / cold grading" "$(quotient "$whole" "$cold")" at-least 10 x
}

measure_again() {
  local first again results
  first=$(seconds grade "$scratch/class" "$scratch/marks")
  for _ in 1 2 3; do seconds grade "$scratch/class" "$scratch/marks" >>"$scratch/again.times"; done
  again=$(median <"$scratch/again.times")
  results=$(sed -n 's/^\([0-9]*\) results.*/\1/p' "$scratch/printed")
  [ -n "$results" ] || { echo "no number of results in what labs-cli printed" >&2; exit 2; }
  echo "$results results of $students students: first run $first s, again $again s (median of 3)"
  check "regrading of unchanged submissions" "$(quotient "$results" "$again")" at-least 500 " a second"
}

describe
prepare
prepare_package
prepare_class
measure_cold
measure_package
measure_again
finish
