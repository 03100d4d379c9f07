#pragma once

#include <sys/types.h>

/// The exit status that tells the grader that the sandbox, and not the submission, is at fault.
#define FAULT_OF_THE_SANDBOX 125

/// Says what went wrong, and exits.
void fail(const char *what) __attribute__((noreturn));

/// Closes every descriptor from `first` on.
void close_from(int first);

/// For which program a filter of system calls is.
enum purpose {
  /// The compiler, or a program that reads its output.
  PURPOSE_TOOL,
  /// What a student sent.
  PURPOSE_SUBMISSION,
  /// The interpreter of our own scripts, which starts tasks, sends signals and changes priorities.
  PURPOSE_CONFORMANCE,
};

/// Refuses system calls that a program for this purpose does not need, to this process and all its descendants.
void filter_system_calls(enum purpose purpose);

/// Refuses every system call except those to wait for another process and to exit.
void filter_all_but_waiting(void);

/// Runs a command from outside the sandbox until it ends or the grader hangs up; then nothing of it is left.
///
/// The command runs as `user`, with none of root's privileges, or as the user that this is, if `user` is NULL.
void keep(char **command, const uid_t *user) __attribute__((noreturn));
