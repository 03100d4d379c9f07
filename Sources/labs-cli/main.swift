// The program that people call. It answers what a reader waits for, and hands over all else to the program that has
// all commands, which takes five times as long to start.

import Desk

guard let answer = Answer(to: Array(CommandLine.arguments.dropFirst())) else {
  Program.end(with: Program.handOver())
}
do throws(Refusal) {
  try answer.show()
} catch {
  Program.end(with: error)
}
