#pragma once

/// What the grader is told when the sandbox, and not the submission, is at fault.
#define FAULT_OF_THE_SANDBOX 125

/// Says what went wrong, and leaves.
void fail(const char *what) __attribute__((noreturn));

/// Closes every descriptor from `first` on.
void close_from(int first);

/// Refuses calls into the kernel that no tool, or no submission, has a use for, to this process and all that come of it.
void filter_system_calls(int is_submission);

/// Refuses everything but to wait for another process and to leave.
void filter_all_but_waiting(void);

/// Runs a command outside of the sandbox, until it ends or the grader hangs up; then nothing of it is left.
void keep(char **command) __attribute__((noreturn));
