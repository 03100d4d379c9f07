// Judging: what is required of a component, and how its answers are judged.
//
// A check is a list of inputs, drawn from a seed, and a judge of outputs. A judge compares, or checks whether
// invariants hold; it never runs the component itself. So the same suite judges code in this process (laws, benches)
// and code in a sandbox (the grader): the inputs are given to whatever runs them.
//
// What always holds: equal seeds give equal inputs; a finding is in the words of the subject and reports the first
// thing that went wrong; the case that is shown is the smallest that still fails in the same way.
//
// Read `Check`, then `Suite+Judge`, which decides one check; `Outcome` is how a run can end, `Verdict` the result of a
// check, `Finding` what was wrong, with its picture, whose rows `Picture+Rows` helps to fill. `LabEntry` is a lab with
// all its suites. `Shrinking` and `RandomSource+Shuffled` help suites to draw inputs and make them smaller;
// `Suite+Calls` does so for all labs of calls, `Suite+Workload` for all labs on a whole kernel, whose cases and
// schedules `Picture+Workload` draws. `Check+Interleaving` is the check of a scene over every interleaving;
// `Check+Naming` makes it name the broken rule; `SomeExecution` looks for one execution that must exist.
