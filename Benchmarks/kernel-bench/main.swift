// Measures the kernel against SimPy and against its own bounds; exits with 1 if a bound is missed.
//
//     kernel-bench [python]        python: an interpreter that has SimPy, python3 by default

import Foundation

var report = Report()
print(machineName())
try measureSwitches(&report, CommandLine.arguments.dropFirst().first ?? "/usr/bin/python3")
measureSnapshot(&report, tracing: false)
measureSnapshot(&report, tracing: true)
measureTask(&report)
try measureForks(&report)
exit(report.missed == 0 ? 0 : 1)
