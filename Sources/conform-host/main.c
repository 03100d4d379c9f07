// The interpreter of scripts on a real kernel: what `labs-cli conform` compares the model with.
//
//   conform-host
//
// It runs in the sandbox, with the filter for conformance, as a process that has CAP_SYS_ADMIN in a user namespace of
// its own and nowhere else. It reads a batch of scripts, as LabKernel has compiled them, and runs one after the other,
// each in a process-id namespace of its own: process 1 there starts the script's first task and reaps what it inherits,
// as init does, and with it ends whatever the script has left. Standard output gets, for each script, the log of all
// calls (log.c) and what was printed.
//
// Read host.h, then this file, machine.c (instructions), calls.c (system calls) and log.c.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "host.h"

#define MAGIC 0x6B6268636F6E66ll
#define CONSOLE_BYTES (1 << 16)

struct header header;
struct call *calls;
struct log *script_log;
struct program *programs;
int64_t program_count;

void fail(const char *what) {
  dprintf(STDERR_FILENO, "conform-host: %s: %s\n", what, strerror(errno));
  _exit(125);
}

#if defined(__linux__) && defined(__x86_64__)
/// How a script ended.
enum outcome { OUTCOME_ENDED, OUTCOME_HUNG };

static char console[CONSOLE_BYTES];

static const int64_t *map_scripts(int64_t *words) {
  int file = open(SCRIPTS, O_RDONLY | O_CLOEXEC);
  struct stat status;
  if (file < 0 || fstat(file, &status) != 0) fail(SCRIPTS);
  void *content = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
  if (content == MAP_FAILED) fail(SCRIPTS);
  close(file);
  *words = (int64_t)status.st_size / 8;
  return content;
}

static struct log *make_log(void) {
  int file = open(LOG_FILE, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0 || ftruncate(file, sizeof(struct log)) != 0) fail(LOG_FILE);
  void *content = mmap(NULL, sizeof(struct log), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (content == MAP_FAILED) fail(LOG_FILE);
  close(file);
  return content;
}

/// Clears what the last script has written.
static void clear_log(void) {
  int64_t tasks = script_log->task_count < MAXIMUM_TASKS ? script_log->task_count : MAXIMUM_TASKS;
  int64_t slots = script_log->slot_count < MAXIMUM_SLOTS ? script_log->slot_count : MAXIMUM_SLOTS;
  memset(script_log->tasks, 0, (size_t)tasks * sizeof *script_log->tasks);
  memset(script_log->slots, 0, (size_t)slots * sizeof *script_log->slots);
  script_log->task_count = 0;
  script_log->slot_count = 0;
}

/// Reads one program at `at`; returns where the next one begins.
static const int64_t *read_program(const int64_t *at, struct program *program) {
  program->instruction_count = at[0];
  program->data_size = at[1];
  program->constant_count = at[2];
  program->futex_size = at[3];
  program->path_length = at[4];
  at += 5;
  program->instructions = (const struct instruction *)at;
  at += program->instruction_count * INSTRUCTION_WORDS;
  program->constants = (const unsigned char *)at;
  at += (program->constant_count + 7) / 8;
  program->path = (const char *)at;
  return at + (program->path_length + 7) / 8;
}

/// Reads the programs of one script.
static const int64_t *read_script(const int64_t *at) {
  program_count = *at++;
  programs = realloc(programs, (size_t)program_count * sizeof *programs);
  if (programs == NULL) fail("memory");
  for (int64_t index = 0; index < program_count; index++) at = read_program(at, &programs[index]);
  return at;
}

/// The script's first task: the console is where it was told, all other descriptors are closed.
static void be_first_task(void) {
  setsid();
  if (syscall(SYS_close_range, 3, ~0u, 0) != 0) fail("close_range");
  struct machine machine = {.task = 0};
  load(&machine, &programs[0]);
  run(&machine);
}

/// Signals may have been blocked or ignored when this program was started; a script begins without that.
static void reset_signals(void) {
  const int64_t none[4] = {0};
  for (int number = 1; number < NSIG; number++) host_call(SYS_rt_sigaction, number, (int64_t)none, 0, 8, 0, 0);
  host_call(SYS_rt_sigprocmask, SIG_SETMASK, (int64_t)none, 0, 8, 0, 0);
}

/// Process 1 of the script's namespace.
static void be_init(int console_end) {
  for (int descriptor = 0; descriptor < 3; descriptor++)
    if (dup2(console_end, descriptor) < 0) fail("console");
  setsid();
  umask(022);
  reset_signals();
  log_task(-1, 0, 0);
  pid_t first = fork();
  if (first < 0) fail("fork");
  if (first == 0) be_first_task();
  script_log->tasks[0].pid = first;
  while (wait(NULL) > 0 || errno == EINTR) {}
  _exit(0);
}

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/// Reads what is printed until nothing of the script is left, or its time is up.
static enum outcome listen_to(int input, pid_t init, int64_t *length) {
  int64_t end = now() + header.patience_milliseconds;
  *length = 0;
  for (;;) {
    struct pollfd wait = {.fd = input, .events = POLLIN};
    int64_t left = end - now();
    if (left <= 0 || poll(&wait, 1, (int)left) == 0) {
      kill(init, SIGKILL);
      return OUTCOME_HUNG;
    }
    char excess[512];
    int64_t room = CONSOLE_BYTES - *length;
    ssize_t count = read(input, room > 0 ? console + *length : excess, room > 0 ? (size_t)room : sizeof excess);
    if (count == 0) return OUTCOME_ENDED;
    if (count > 0 && room > 0) *length += count;
    if (count < 0 && errno != EINTR) fail("console");
  }
}

static void write_all(const void *content, size_t length) {
  for (const char *at = content; length > 0;) {
    ssize_t count = write(STDOUT_FILENO, at, length);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) _exit(125);
    at += count;
    length -= (size_t)count;
  }
}

/// Says how a script ended, who its tasks were, what they called and what they printed.
static void report(enum outcome outcome, int64_t length) {
  int64_t tasks = script_log->task_count < MAXIMUM_TASKS ? script_log->task_count : MAXIMUM_TASKS;
  int64_t slots = script_log->slot_count < MAXIMUM_SLOTS ? script_log->slot_count : MAXIMUM_SLOTS;
  int64_t head[] = {MAGIC, outcome, tasks, slots, length, script_log->slot_count > MAXIMUM_SLOTS};
  write_all(head, sizeof head);
  write_all(script_log->tasks, (size_t)tasks * sizeof *script_log->tasks);
  write_all(script_log->slots, (size_t)slots * sizeof *script_log->slots);
  write_all(console, ((size_t)length + 7) / 8 * 8);
}

static void run_script(void) {
  clear_log();
  // Like the model's console, a socket takes what is written, has nothing to be read, and has no offset.
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) fail("socketpair");
  if (shutdown(ends[0], SHUT_WR) != 0) fail("shutdown");
  pid_t init = (pid_t)host_call(SYS_clone, CLONE_NEWPID | SIGCHLD, 0, 0, 0, 0, 0);
  if (init < 0) {
    errno = -init;
    fail("a process-id namespace");
  }
  if (init == 0) be_init(ends[1]);
  close(ends[1]);
  int64_t length;
  enum outcome outcome = listen_to(ends[0], init, &length);
  close(ends[0]);
  waitpid(init, NULL, 0);
  report(outcome, length);
}

int main(void) {
  int64_t words;
  const int64_t *at = map_scripts(&words);
  memcpy(&header, at, sizeof header);
  if (header.magic != MAGIC) fail("these are no scripts");
  at += sizeof header / 8;
  calls = (struct call *)at;
  at += header.call_count * (int64_t)(sizeof(struct call) / 8);
  script_log = make_log();
  signal(SIGPIPE, SIG_DFL);
  for (int64_t script = 0; script < header.script_count; script++) {
    at = read_script(at);
    run_script();
  }
  return 0;
}
#else
int main(void) { fail("scripts are only run on Linux on x86-64"); }
#endif
