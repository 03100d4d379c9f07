// Sets limits from inside the sandbox, then becomes the program.
//
//   sandbox-shim run|tool CPU-SOFT CPU-HARD ADDRESS-SPACE DATA PROCESSES FILES FILE-SIZE PROGRAM [ARGUMENT]...
//     [--then PROGRAM [ARGUMENT]...]
//
// `tool` is for the compiler and for what reads its output. `run` is for a submission: standard output becomes the channel, descriptor 3,
// and what the submission prints goes to standard error. Then no other descriptor is left open, and calls
// into the kernel that no submission has a use for are refused. The one byte of hello on the channel is
// written before any code of the submission runs: without it, the fault is the sandbox's.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __linux__
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#if defined(__x86_64__)
#define NATIVE_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define NATIVE_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#define MAXIMUM_FILTER 256
#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define ANSWER(value) BPF_STMT(BPF_RET | BPF_K, (value))
#define REFUSE (SECCOMP_RET_ERRNO | EPERM)
#endif

/// What the grader is told when the sandbox, and not the submission, is at fault.
#define FAULT_OF_THE_SANDBOX 125
#define CHANNEL 3
#define STACK_BYTES (8ul << 20)

static void fail(const char *what) {
  fprintf(stderr, "sandbox-shim: %s: %s\n", what, strerror(errno));
  _exit(FAULT_OF_THE_SANDBOX);
}

static rlim_t number(const char *text) {
  char *end = NULL;
  errno = 0;
  unsigned long long value = strtoull(text, &end, 10);
  if (errno != 0 || end == text || *end != '\0') fail("a limit that is no number");
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

#ifdef __linux__
/// Of no use to a component of a kernel, and of much to one who wants out.
static const int refused_to_all[] = {
    SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_keyctl, SYS_add_key, SYS_request_key, SYS_bpf,
    SYS_perf_event_open, SYS_userfaultfd, SYS_mount, SYS_umount2, SYS_pivot_root, SYS_unshare, SYS_setns,
    SYS_kexec_load, SYS_init_module, SYS_finit_module, SYS_delete_module, SYS_swapon, SYS_reboot, SYS_chroot,
    SYS_open_by_handle_at, SYS_name_to_handle_at,
#ifdef SYS_io_uring_setup
    SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register,
#endif
#ifdef SYS_memfd_secret
    SYS_memfd_secret,
#endif
};

/// These too, for a submission: no other process, no socket, no memory that no limit counts.
static const int refused_to_submissions[] = {
    SYS_memfd_create, SYS_socket, SYS_socketpair, SYS_connect, SYS_bind, SYS_execveat,
#ifdef SYS_fork
    SYS_fork,
#endif
#ifdef SYS_vfork
    SYS_vfork,
#endif
};

static struct sock_filter filter[MAXIMUM_FILTER];
static unsigned short filter_length;

static void add(struct sock_filter instruction) {
  if (filter_length == MAXIMUM_FILTER) fail("a system call filter that is too long");
  filter[filter_length++] = instruction;
}

static void refuse(int call, unsigned answer) {
  add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)call, 0, 1));
  add((struct sock_filter)ANSWER(answer));
}

/// New threads are allowed, new processes are not. `clone3` hides its flags from a filter, so it is "not there"
/// and libc falls back to `clone`.
static void refuse_processes(void) {
#ifdef SYS_clone3
  refuse(SYS_clone3, SECCOMP_RET_ERRNO | ENOSYS);
#endif
  add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 3));
  add((struct sock_filter)LOAD(args[0]));
  add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0));
  add((struct sock_filter)ANSWER(SECCOMP_RET_TRAP));
}

static void filter_system_calls(int is_submission) {
  add((struct sock_filter)LOAD(arch));
  add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, NATIVE_ARCHITECTURE, 1, 0));
  add((struct sock_filter)ANSWER(SECCOMP_RET_KILL_PROCESS));
  add((struct sock_filter)LOAD(nr));
#ifdef __x86_64__
  add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000u, 0, 1));
  add((struct sock_filter)ANSWER(SECCOMP_RET_KILL_PROCESS));
#endif
  unsigned answer = is_submission ? SECCOMP_RET_TRAP : REFUSE;
  for (size_t i = 0; i < sizeof refused_to_all / sizeof *refused_to_all; i++) refuse(refused_to_all[i], answer);
  if (is_submission) {
    for (size_t i = 0; i < sizeof refused_to_submissions / sizeof *refused_to_submissions; i++)
      refuse(refused_to_submissions[i], answer);
    refuse_processes();
  }
  add((struct sock_filter)ANSWER(SECCOMP_RET_ALLOW));
  struct sock_fprog program = {.len = filter_length, .filter = filter};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) fail("no_new_privs");
  if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) fail("seccomp");
}

static void close_from(int first) {
  if (syscall(SYS_close_range, first, ~0u, 0) == 0) return;
  for (int descriptor = first; descriptor < 1024; descriptor++) close(descriptor);
}
#else
static void filter_system_calls(int is_submission) { (void)is_submission; }
static void close_from(int first) {
  for (int descriptor = first; descriptor < 1024; descriptor++) close(descriptor);
}
#endif

/// Standard output becomes the channel; the submission's own prints join standard error.
static void open_channel(void) {
  if (dup2(STDOUT_FILENO, CHANNEL) < 0 || dup2(STDERR_FILENO, STDOUT_FILENO) < 0) fail("channel");
  close_from(CHANNEL + 1);
  if (write(CHANNEL, "H\0\0\0\0", 5) != 5) fail("hello");
}

/// Runs one program to its end; leaves with its status unless it was successful.
static void run_first(char **arguments) {
  pid_t child = fork();
  if (child < 0) fail("fork");
  if (child == 0) {
    execv(arguments[0], arguments);
    fail(arguments[0]);
  }
  int status;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR) fail("waitpid");
  if (WIFSIGNALED(status)) _exit(128 + WTERMSIG(status));
  if (WEXITSTATUS(status) != 0) _exit(WEXITSTATUS(status));
}

int main(int count, char **arguments) {
  if (count < 10) fail("usage");
  int is_submission = strcmp(arguments[1], "run") == 0;
  limit(RLIMIT_CORE, 0, 0, "RLIMIT_CORE");
  limit(RLIMIT_CPU, number(arguments[2]), number(arguments[3]), "RLIMIT_CPU");
  limit(RLIMIT_STACK, STACK_BYTES, STACK_BYTES, "RLIMIT_STACK");
#ifdef __linux__
  limit(RLIMIT_AS, number(arguments[4]), number(arguments[4]), "RLIMIT_AS");
  limit(RLIMIT_DATA, number(arguments[5]), number(arguments[5]), "RLIMIT_DATA");
  limit(RLIMIT_NPROC, number(arguments[6]), number(arguments[6]), "RLIMIT_NPROC");
#endif
  limit(RLIMIT_NOFILE, number(arguments[7]), number(arguments[7]), "RLIMIT_NOFILE");
  limit(RLIMIT_FSIZE, number(arguments[8]), number(arguments[8]), "RLIMIT_FSIZE");
#ifdef __linux__
  // The same program lies at the same addresses, each time: no order of addresses is luck.
  if (is_submission) personality(ADDR_NO_RANDOMIZE);
#endif
  if (is_submission) {
    open_channel();
  } else {
    close_from(CHANNEL);
  }
  filter_system_calls(is_submission);
  char **program = arguments + 9;
  for (char **word = program; !is_submission && *word != NULL; word++) {
    if (strcmp(*word, "--then") != 0) continue;
    *word = NULL;
    run_first(program);
    program = word + 1;
  }
  execv(program[0], program);
  fail(program[0]);
}
