// The program that users call. It answers the commands that a reader waits for, and hands over everything else to the
// program with all commands, which takes five times as long to start.

import Desk

guard let answer = Answer(to: Array(CommandLine.arguments.dropFirst())) else {
  Program.end(with: Program.handOver())
}
do throws(Refusal) {
  try answer.show()
} catch {
  Program.end(with: error)
}
