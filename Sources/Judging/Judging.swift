// Judging: what is asked of a component, and what is said of its answers.
//
// A check is a list of inputs, drawn from a seed, and a judge of outputs. A judge compares, or asks whether invariants
// hold; it never runs the component itself. So the same suite decides about code in this process (laws, benches) and
// about code in a sandbox (the grader), by handing the inputs to whatever runs them.
//
// What always holds: equal seeds, equal inputs; a finding is in the words of the subject and tells the first thing that
// went wrong; the case that is shown is the smallest that still fails in the same way.
//
// Read `Check`, then `Suite+Judge`, which decides one check; `Outcome` is how a run can end, `Verdict` what came of a
// check, `Finding` what was wrong, with its picture, whose rows `Picture+Rows` helps to fill. `LabEntry` is a lab with all its
// suites. `Shrinking` and `RandomSource+Shuffled` help suites to draw inputs and make them smaller; `Suite+Calls` does it for
// all labs of calls, `Suite+Workload` for all on a whole kernel, whose cases and schedules `Picture+Workload` draws.
// `Check+Interleaving` is the check of a scene, over every interleaving; `Check+Naming` lets it say which rule is broken;
// `SomeExecution` looks for one execution that must exist.
