// The grader: from a folder of submissions to reports, over code that may be hostile.
//
// The verdict is reached outside the student's process. A submission receives inputs and returns outputs; it never sees
// a check, an expected value or a score. Everything that decides a result is part of the hash that names it, so equal
// submissions share one result, and a run that was stopped goes on where it was. A fault of ours is `internal`: it is
// never counted against a student, and never kept.
//
// Read it along the way of one submission:
//
//  1. `Suites/`: `GradedLab`, a lab with its checks, ready to judge programs; `Selection`, which labs and students a
//     run is about; `Verdict+Bounds`, how much of a verdict is kept.
//  2. `Intake/`: `LabManifest`, `ManifestReader`, `LabShape` and `LabRule` read `lab.yml`. `SubmissionFolder` finds the
//     students; `HandedIn` is what one of them has handed in, under an `EntryName`, and `Layout` says for which labs it
//     is. `ArchiveReader`, `TarStream` and `ArchiveContent` open archives without unpacking them; `Submission` is the
//     result.
//  3. `Engines/`: `BulkGrader` has workers and an order; `SubmissionGrader` takes one submission through the rest;
//     `SolutionGrader` takes many of ours at once; `RaceRun` is for a program of `labs-cli race`, `ComponentRun` for
//     components that are run once, and `KernelRun` for those in a kernel. `HostRun` is for scripts of ours that are
//     compared with the kernel of this machine.
//  4. `Kit/`: `Toolchain` and `Kit` are what a submission is compiled with; `Workshop` is a folder for one run;
//     `CachePlace` and `ModuleCache` keep what takes long to make; `EntryPoint`, `Compilation` and `Builder` make the
//     program; `CompilerVerdict` says why there is none; `Checkup` is what `labs-cli doctor` asks.
//  5. `Sandbox/`: `Sandbox` and `Limits` are the protections, and `Probe` tries them out; `Keeper` starts a command
//     from outside and ends all that comes of it; `SandboxedProcess`, `Pipe`, `PipeTraffic`, `Blocking`, `ToolRun` and
//     `ProcessTree` run it; `Watch` decides when it has used up its share, and `TimeBudget` how large that is.
//  6. `ProgramSession` runs the cases of a check, and those of the next check in a `Lookahead`. `Conversation` speaks
//     with one process in `Frames`. `Autopsy`, `RuntimeMessage` and `CrashPlace` find out what it died of, and
//     `AnswerPlaces` in which lines.
//  7. `Gradebook/`: `ContentHash` and `JobKey` name a result, `JobDocument` is one, `JobStore` keeps them; `ResultRow`
//     and `KeptRows` are what reports are made from; `Gradebook` is the database; `FolderTree` and `StorageError`.
//  8. `Reports/`: `Printable` is the gate to every terminal, file and page; `Reports` writes `ResultsFile`,
//     `CommaSeparated`, `ReportPage`, `ResultTable`, and pages for students with `FileName` and `ResultRow+Student`;
//     `FailureText` and `Ink` show one failed check, `TrialFailure` a run that has nothing to draw.
//  9. `Authoring/`: for authors of labs and of races: `Stub`, `SheetRules`, `LabLists`, `WrongEdit`, `RaceSource`;
//     `HeldSource` and `KernelSource` make one program of several components.
