// Interleave: every interleaving of a few CPUs' code under a memory model.
//
// Code is not simulated; it runs. Each CPU's code is executed alone, on a stack of its own, and asked what it does next
// for every answer that memory may give. The result is a tree for each code, the *unfolding*. The memory, the order in
// which CPUs take turns and the interrupts are a machine outside the code, and so is the search through them.
//
// What always holds: an execution that is reported can be replayed from its choices; if not every execution was
// explored, the report says so; the reduced search finds the same outcomes as brute force.
//
// Read, in this order:
//
//  1. what code is written with: `Atomic`, `SharedCell`, `Ordering`, `Processor`, `Scenario`;
//  2. what runs it: `Stage` (with `PlainState` and `EndOfProcess`), `Operation`, `Program`, which is a `LiveProgram`
//     with `LiveProgram+Repetition` (does a code behave the same when repeated?), `Unfold`;
//  3. what results: `Unfolding`, with `Unfolding+Coding` and `Unfolding+Words` (how it travels, over `NumberLine`),
//     `Unfolding+Writes` and `Unfolding+Waits` (what is read in it), `Unfolding+Size`, `Unfolding+Calls`, `PlaceText`
//     (lines, and addresses that become lines), and `Unfolding+Deviation`, `Subject` and `Conduct` (whether it
//     belongs to the scene at all, and behaves the same in every scene);
//  4. the machine: `Machine`, `Machine+Step`, `Machine+Choices`, `Machine+Waiting` with `Outlook` (does a loop wait?),
//     `Machine+Plain`, `Machine+TotalOrder` (of sequentially consistent operations);
//  5. the search: `Search`, `Search+Reduction`, `Sampler`, bounded by `Limits`, over `Execution`s with an `Outcome`;
//  6. what is concluded: `Investigation` (is anything wrong?), `Census` (what can happen?), `Replay` with
//     `Replay+Origins` (which store each load read), `MissingOrder` and `Surprise` (why it is possible),
//     `CounterexampleTable` with `CounterexampleTable+Rows`, `CounterexampleTable+Cause` and `StringProtocol+Columns`.
