// Keeps a command: nothing that it has started outlives it, and nothing outlives the grader.
//
// Descriptor 3 is one end of a socket; the grader has the other. If the grader hangs up, for whatever reason, the
// keeper kills the command and everything that it has started, even processes that have left its process group, its
// session and its parent, because orphans become children of the keeper. The grader receives the exit status only when
// nothing is left.
//
// So a command can be killed before its start, during it, and at any time after: hanging up is always right. No process
// number is ever used that could belong to another process by now, and nothing inside the sandbox is trusted.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "shim.h"

#ifdef __linux__
#include <sys/prctl.h>
#endif

#define LIFELINE 3
/// How many looks, a hundredth of a second apart, a process may survive before it counts as one that cannot be killed.
#define LOOKS 2000
#define LOOK_NANOSECONDS 10000000
#define CHILDREN_CAPACITY 4096

static sigset_t signals_outside;

static void on_child(int number) { (void)number; }

/// Waits until a child has ended, the grader has hung up, or the time is up; returns whether the grader has hung up.
static int is_hung_up(int is_listening, const struct timespec *time) {
  fd_set readable;
  FD_ZERO(&readable);
  if (is_listening) FD_SET(LIFELINE, &readable);
  // SIGCHLD is unblocked only here, so that none is missed.
  if (pselect(LIFELINE + 1, &readable, NULL, NULL, time, &signals_outside) <= 0) return 0;
  char byte;
  return read(LIFELINE, &byte, 1) >= 0 || (errno != EINTR && errno != EAGAIN);
}

/// Kills all current children.
static void kill_children(void) {
#ifdef __linux__
  char text[CHILDREN_CAPACITY + 1];
  int file = open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC);
  if (file < 0) return;
  ssize_t length = read(file, text, CHILDREN_CAPACITY);
  close(file);
  if (length <= 0) return;
  text[length] = '\0';
  // A number that was cut off is not followed by a blank.
  char *end;
  for (char *at = text;; at = end) {
    long process = strtol(at, &end, 10);
    if (end == at || *end != ' ') return;
    kill((pid_t)process, SIGKILL);
  }
#endif
}

/// Kills the command and everything that it has started; returns its status, or -1 if something cannot be killed.
static int32_t end_all(pid_t command) {
  int status, is_waited_for = 0;
  int32_t result = -1;
  for (int look = 0; look < LOOKS; look++) {
    // Until it has been waited for, its number stays its own, and so does that of its group.
    if (!is_waited_for) {
      kill(-command, SIGKILL);
      kill(command, SIGKILL);
    }
    if (look > 0) kill_children();
    pid_t ended;
    while ((ended = waitpid(-1, &status, WNOHANG)) > 0) {
      if (ended != command) continue;
      is_waited_for = 1;
      result = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    }
    if (ended < 0 && errno == ECHILD) return result;
    const struct timespec time = {.tv_nsec = LOOK_NANOSECONDS};
    is_hung_up(0, &time);
  }
  return -1;
}

/// Becomes an ordinary user for good: no group of root's is kept, and no program that is executed can give any back.
static void become(uid_t user) {
  if (setgroups(0, NULL) != 0 || setgid(user) != 0 || setuid(user) != 0) fail("privileges that cannot be dropped");
#ifdef __linux__
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) fail("no_new_privs");
#endif
}

static pid_t start(char **command, const uid_t *user) {
  pid_t child = fork();
  if (child < 0) fail("fork");
  if (child > 0) {
    setpgid(child, child);
    return child;
  }
  setpgid(0, 0);
  if (user != NULL) become(*user);
#ifdef __linux__
  // In case the keeper itself is killed. It is lost where privileges are dropped, so it comes after that.
  prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
#endif
  signal(SIGCHLD, SIG_DFL);
  signal(SIGPIPE, SIG_DFL);
  sigprocmask(SIG_SETMASK, &signals_outside, NULL);
  execv(command[0], command);
  fail(command[0]);
}

/// Leaves the pipes to the grader to the command alone, so that they end when it does.
static void let_go_of_pipes(void) {
  int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
  if (nothing < 0) fail("/dev/null");
  for (int descriptor = 0; descriptor < LIFELINE; descriptor++) dup2(nothing, descriptor);
  if (nothing > LIFELINE) close(nothing);
}

void keep(char **command, const uid_t *user) {
  sigset_t child_ended;
  close_from(LIFELINE + 1);
  if (fcntl(LIFELINE, F_SETFD, FD_CLOEXEC) != 0) fail("no socket to the grader");
#ifdef __linux__
  if (prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0) fail("PR_SET_CHILD_SUBREAPER");
#endif
  setsid();
  signal(SIGPIPE, SIG_IGN);
  signal(SIGCHLD, on_child);
  sigemptyset(&signals_outside);
  sigemptyset(&child_ended);
  sigaddset(&child_ended, SIGCHLD);
  sigprocmask(SIG_SETMASK, &child_ended, NULL);
  pid_t child = start(command, user);
  let_go_of_pipes();
  siginfo_t ending = {0};
  // Its end is only observed: its number stays its own until the rest of its group is killed.
  do {
    if (is_hung_up(1, NULL)) break;
    ending.si_pid = 0;
  } while (waitid(P_PID, (id_t)child, &ending, WEXITED | WNOWAIT | WNOHANG) == 0 && ending.si_pid == 0);
  int32_t status = end_all(child);
  ssize_t sent = write(LIFELINE, &status, sizeof status);
  _exit(sent == sizeof status ? 0 : 1);
}
