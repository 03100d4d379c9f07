// The program between the grader and a command, outside and inside the sandbox.
//
//   sandbox-shim keep [--as USER] PROGRAM [ARGUMENT]...
//   sandbox-shim run|tool|conform CPU-SOFT CPU-HARD ADDRESS-SPACE DATA PROCESSES FILES FILE-SIZE PROGRAM [ARGUMENT]...
//     [--then PROGRAM [ARGUMENT]...]
//
// `keep` runs outside the sandbox: it starts the sandbox, and ends everything that has come of it. See keeper.c. Root's
// keeper starts it as another user. (Only a program with a single thread can be sure to become another user between
// `fork` and `exec`: in a grader with threads, that can wait forever for threads that are not there.)
//
// `run`, `tool` and `conform` are process 1 inside: they set limits, start the program as a process of its own, and wait.
// Everything ends when process 1 ends, so the program must not control it: process 1 shows its memory to no process,
// has the same limits, and once the program runs, the only system calls left to it are those to wait and to exit.
//
// `tool` is for the compiler and for programs that read its output. `conform` is for the interpreter of our own scripts,
// and has another filter of system calls. `run` is for a submission: standard output becomes
// the channel, descriptor 3, and what the submission prints goes to standard error. No other descriptor is left open,
// and system calls that no submission needs are refused. The hello on the channel is written before any code of the
// submission runs: without it, the sandbox is at fault.
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "shim.h"

#ifdef __linux__
#include <sys/personality.h>
#include <sys/prctl.h>
#endif

#define CHANNEL 3
#define STACK_BYTES (8ul << 20)

void fail(const char *what) {
  fprintf(stderr, "sandbox-shim: %s: %s\n", what, strerror(errno));
  _exit(FAULT_OF_THE_SANDBOX);
}

static rlim_t number(const char *text) {
  char *end = NULL;
  errno = 0;
  unsigned long long value = strtoull(text, &end, 10);
  if (errno != 0 || end == text || *end != '\0') fail("what should be a number");
  return (rlim_t)value;
}

/// Lowers a limit; one that is lower already stays, because only root could raise it.
static void limit(int resource, rlim_t soft, rlim_t hard, const char *name) {
  struct rlimit limits;
  if (getrlimit(resource, &limits) != 0) fail(name);
  if (hard < limits.rlim_max) limits.rlim_max = hard;
  limits.rlim_cur = soft < limits.rlim_max ? soft : limits.rlim_max;
  if (setrlimit(resource, &limits) != 0) fail(name);
}

static void set_limits(char **numbers) {
  limit(RLIMIT_CORE, 0, 0, "RLIMIT_CORE");
  limit(RLIMIT_CPU, number(numbers[0]), number(numbers[1]), "RLIMIT_CPU");
  limit(RLIMIT_STACK, STACK_BYTES, STACK_BYTES, "RLIMIT_STACK");
#ifdef __linux__
  limit(RLIMIT_AS, number(numbers[2]), number(numbers[2]), "RLIMIT_AS");
  limit(RLIMIT_DATA, number(numbers[3]), number(numbers[3]), "RLIMIT_DATA");
  limit(RLIMIT_NPROC, number(numbers[4]), number(numbers[4]), "RLIMIT_NPROC");
#endif
  limit(RLIMIT_NOFILE, number(numbers[5]), number(numbers[5]), "RLIMIT_NOFILE");
  limit(RLIMIT_FSIZE, number(numbers[6]), number(numbers[6]), "RLIMIT_FSIZE");
}

/// Standard output becomes the channel; what the submission prints goes to standard error.
static void open_channel(void) {
  if (dup2(STDOUT_FILENO, CHANNEL) < 0 || dup2(STDERR_FILENO, STDOUT_FILENO) < 0) fail("channel");
  close_from(CHANNEL + 1);
  if (write(CHANNEL, "H\0\0\0\0", 5) != 5) fail("hello");
}

static pid_t start(char **program, enum purpose purpose) {
  pid_t child = fork();
  if (child < 0) fail("fork");
  if (child > 0) return child;
  filter_system_calls(purpose);
  execv(program[0], program);
  fail(program[0]);
}

/// Waits for the end of a program, and of whatever else ends before; returns the exit status, or 128 plus the signal.
static int end_of(pid_t program) {
  int status;
  pid_t ended;
  while ((ended = waitpid(-1, &status, 0)) != program)
    if (ended < 0 && errno != EINTR) _exit(FAULT_OF_THE_SANDBOX);
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static enum purpose purpose_named(const char *name) {
  if (strcmp(name, "run") == 0) return PURPOSE_SUBMISSION;
  return strcmp(name, "conform") == 0 ? PURPOSE_CONFORMANCE : PURPOSE_TOOL;
}

/// Ends the arguments of the first of two programs and returns the second; NULL if there is only one.
static char **cut_off_second(char **program) {
  for (; *program != NULL; program++) {
    if (strcmp(*program, "--then") != 0) continue;
    *program = NULL;
    return program + 1;
  }
  return NULL;
}

/// Keeps the command that the arguments name, as the user that they name, if any.
static void keep_as_told(int count, char **arguments) __attribute__((noreturn));
static void keep_as_told(int count, char **arguments) {
  if (count < 3 || strcmp(arguments[0], "--as") != 0) keep(arguments, NULL);
  uid_t user = (uid_t)number(arguments[1]);
  keep(arguments + 2, &user);
}

int main(int count, char **arguments) {
  if (count > 2 && strcmp(arguments[1], "keep") == 0) keep_as_told(count - 2, arguments + 2);
  if (count < 10) fail("usage");
  enum purpose purpose = purpose_named(arguments[1]);
  int is_submission = purpose == PURPOSE_SUBMISSION;
  set_limits(arguments + 2);
#ifdef __linux__
  // The same program has the same addresses every time: no order of addresses is left to chance.
  if (is_submission) personality(ADDR_NO_RANDOMIZE);
#endif
  if (is_submission) {
    open_channel();
  } else {
    close_from(CHANNEL);
  }
#ifdef __linux__
  // No process can open the memory of process 1, or that of the program while it is still this one.
  if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) fail("PR_SET_DUMPABLE");
#endif
  char **program = arguments + 9;
  char **second = is_submission ? NULL : cut_off_second(program);
  if (second != NULL) {
    int status = end_of(start(program, purpose));
    if (status != 0) _exit(status);
    program = second;
  }
  pid_t child = start(program, purpose);
  // The pipes are the program's alone, so that they end when it does.
  close_from(0);
  filter_all_but_waiting();
  _exit(end_of(child));
}
