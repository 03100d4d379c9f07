// The part of the command line that every command needs, and whole answers to the commands that a reader waits for.
//
// Nothing here imports Foundation or anything that does: a program that consists only of this and the `Reader` starts
// five times as fast. `labs-cli` is that program. What it cannot answer it hands over to `labs-workshop`, which is
// built next to it, has all commands, and prints the same if both can answer. See docs/decisions/0007.
//
// Read, in this order:
//
// 1. `Program`, `BookRoot`, `StateFolder`, `Environment`   where things are;
// 2. `Terminal`, `ColorChoice`, `Pager`, `Refusal`         how to speak to the user;
// 3. `ReadPage`, `LabRow`                                  what `read`, `list` and `progress` print;
//    `EditorFlags`                                         what `start` writes for an editor;
// 4. `Answer`                                              the commands that are answered here, with `LabRow+Files`,
//    `PlainManifest` and `PlainJSON` as the readers of the plainest forms of files;
// 5. `String+Padding`                                      what they all share.
