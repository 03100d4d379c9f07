// The filters of system calls: a short list of what tools are refused, a longer one for submissions, and lists of what
// is allowed to the interpreter of scripts, which is long, and to process 1 of the sandbox, which is very short.
#define _GNU_SOURCE
#include <errno.h>
#include <stddef.h>
#include <unistd.h>

#include "shim.h"

#ifdef __linux__
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
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
#define COUNT(list) (sizeof(list) / sizeof *(list))

/// Useless to a component of a kernel, and useful to a program that wants to escape.
static const int refused_to_all[] = {
    SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_keyctl, SYS_add_key, SYS_request_key, SYS_bpf,
    SYS_perf_event_open, SYS_userfaultfd, SYS_mount, SYS_umount2, SYS_pivot_root, SYS_unshare, SYS_setns,
    SYS_kexec_load, SYS_init_module, SYS_finit_module, SYS_delete_module, SYS_swapon, SYS_reboot, SYS_chroot,
    SYS_open_by_handle_at, SYS_name_to_handle_at, SYS_kcmp,
#ifdef SYS_io_uring_setup
    SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register,
#endif
#ifdef SYS_memfd_secret
    SYS_memfd_secret,
#endif
#ifdef SYS_pidfd_getfd
    SYS_pidfd_getfd,
#endif
#ifdef SYS_process_madvise
    SYS_process_madvise,
#endif
};

/// Refused to submissions as well: sockets, memory that no limit counts, and any influence on when they run.
static const int refused_to_submissions[] = {
    SYS_memfd_create, SYS_socket, SYS_socketpair, SYS_connect, SYS_bind, SYS_execveat,
    SYS_shmget, SYS_shmat, SYS_shmctl, SYS_semget, SYS_semop, SYS_semctl, SYS_msgget, SYS_msgsnd, SYS_msgrcv, SYS_msgctl,
    SYS_mq_open, SYS_sched_setscheduler, SYS_sched_setparam, SYS_sched_setattr, SYS_sched_setaffinity, SYS_setpriority,
    SYS_ioprio_set,
};

/// How a submission would start a thread or a process, whatever the flags: a component is only called, on one thread.
static const int beginnings[] = {
    SYS_clone,
#ifdef SYS_clone3
    SYS_clone3,
#endif
#ifdef SYS_fork
    SYS_fork,
#endif
#ifdef SYS_vfork
    SYS_vfork,
#endif
};

/// The only calls that the interpreter of scripts makes: those of LabKernel, then what starting the interpreter, reading
/// its batch and handing over its log take.
static const int allowed_to_conformance[] = {
    SYS_getcwd, SYS_dup, SYS_dup3, SYS_fcntl, SYS_mkdirat, SYS_unlinkat, SYS_faccessat, SYS_chdir, SYS_openat, SYS_close,
    SYS_pipe2, SYS_getdents64, SYS_lseek, SYS_read, SYS_write, SYS_exit, SYS_exit_group, SYS_waitid, SYS_set_tid_address,
    SYS_futex, SYS_nanosleep, SYS_sched_setparam, SYS_sched_setscheduler, SYS_sched_getscheduler, SYS_sched_getparam,
    SYS_sched_setaffinity, SYS_sched_getaffinity, SYS_sched_yield, SYS_sched_get_priority_max,
    SYS_sched_get_priority_min, SYS_sched_rr_get_interval, SYS_kill, SYS_tkill, SYS_tgkill, SYS_sigaltstack,
    SYS_rt_sigsuspend, SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigpending, SYS_rt_sigtimedwait, SYS_rt_sigreturn,
    SYS_restart_syscall, SYS_setpriority, SYS_getpriority, SYS_times, SYS_setpgid, SYS_getpgid, SYS_getsid, SYS_setsid,
    SYS_getrusage, SYS_umask, SYS_getpid, SYS_getppid, SYS_getuid, SYS_geteuid, SYS_getgid, SYS_getegid, SYS_gettid,
    SYS_setuid, SYS_setgid, SYS_execve, SYS_wait4,
    SYS_mmap, SYS_munmap, SYS_mprotect, SYS_mremap, SYS_madvise, SYS_brk, SYS_fstat, SYS_newfstatat, SYS_pread64,
    SYS_ftruncate, SYS_close_range, SYS_clock_gettime, SYS_set_robust_list, SYS_prlimit64, SYS_getrandom, SYS_ppoll,
    SYS_writev, SYS_readlinkat, SYS_socketpair, SYS_shutdown,
#ifdef SYS_rseq
    SYS_rseq,
#endif
#ifdef SYS_arch_prctl
    SYS_arch_prctl,
#endif
#ifdef SYS_poll
    SYS_poll, SYS_access, SYS_readlink, SYS_dup2, SYS_fork, SYS_open,
#endif
};

/// The new namespaces that a script may ask for are those of process ids; no other can be created.
#define REFUSED_NAMESPACES (CLONE_NEWNS | CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWCGROUP)

/// What prctl(2) may be asked for by the interpreter.
static const int allowed_requests[] = {PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER, PR_GET_CHILD_SUBREAPER, PR_SET_NAME, PR_GET_NAME};

/// The only calls left to process 1 once the program runs.
static const int allowed_to_the_first[] = {
    SYS_wait4, SYS_waitid, SYS_exit_group, SYS_exit, SYS_rt_sigreturn, SYS_restart_syscall,
};

static struct sock_filter filter[MAXIMUM_FILTER];
static unsigned short filter_length;

static void add(struct sock_filter instruction) {
  if (filter_length == MAXIMUM_FILTER) fail("a system call filter that is too long");
  filter[filter_length++] = instruction;
}

static void answer(const int *calls, size_t count, unsigned answer) {
  for (size_t i = 0; i < count; i++) {
    add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)calls[i], 0, 1));
    add((struct sock_filter)ANSWER(answer));
  }
}

/// Begins a filter with what every process is refused: the calls of another architecture, whose numbers mean other
/// calls.
static void begin(void) {
  filter_length = 0;
  add((struct sock_filter)LOAD(arch));
  add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, NATIVE_ARCHITECTURE, 1, 0));
  add((struct sock_filter)ANSWER(SECCOMP_RET_KILL_PROCESS));
  add((struct sock_filter)LOAD(nr));
#ifdef __x86_64__
  add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000u, 0, 1));
  add((struct sock_filter)ANSWER(SECCOMP_RET_KILL_PROCESS));
#endif
}

static void install(unsigned otherwise) {
  add((struct sock_filter)ANSWER(otherwise));
  struct sock_fprog program = {.len = filter_length, .filter = filter};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) fail("no_new_privs");
  if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) fail("seccomp");
}

/// A process may change its own limits, but not those of another, which could be used to end process 1.
static void refuse_limits_of_others(void) {
  add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_prlimit64, 0, 3));
  add((struct sock_filter)LOAD(args[0]));
  add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0));
  add((struct sock_filter)ANSWER(SECCOMP_RET_TRAP));
}

/// Allows a call without any of these flags in its first word.
static void allow_without(int call, unsigned flags) {
  add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)call, 0, 4));
  add((struct sock_filter)LOAD(args[0]));
  add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, flags, 0, 1));
  add((struct sock_filter)ANSWER(REFUSE));
  add((struct sock_filter)ANSWER(SECCOMP_RET_ALLOW));
}

/// Allows some requests of prctl; others do not exist.
static void allow_requests(void) {
  add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_prctl, 1, 0));
  add((struct sock_filter)ANSWER(SECCOMP_RET_ERRNO | ENOSYS));
  add((struct sock_filter)LOAD(args[0]));
  answer(allowed_requests, COUNT(allowed_requests), SECCOMP_RET_ALLOW);
}

/// Allows what is on a list; the interpreter has a capability in its user namespace, so that a list of what is refused
/// would have to know all that can be done with it.
static void filter_conformance(void) {
  begin();
  answer(allowed_to_conformance, COUNT(allowed_to_conformance), SECCOMP_RET_ALLOW);
  allow_without(SYS_clone, REFUSED_NAMESPACES);
  allow_without(SYS_unshare, ~(unsigned)CLONE_NEWPID);
  allow_requests();
  install(SECCOMP_RET_ERRNO | EINVAL);
}

void filter_system_calls(enum purpose purpose) {
  if (purpose == PURPOSE_CONFORMANCE) return filter_conformance();
  int is_submission = purpose == PURPOSE_SUBMISSION;
  unsigned refusal = is_submission ? SECCOMP_RET_TRAP : REFUSE;
  begin();
  answer(refused_to_all, COUNT(refused_to_all), refusal);
  if (is_submission) {
    answer(refused_to_submissions, COUNT(refused_to_submissions), refusal);
    answer(beginnings, COUNT(beginnings), SECCOMP_RET_TRAP);
    refuse_limits_of_others();
  }
  install(SECCOMP_RET_ALLOW);
}

void filter_all_but_waiting(void) {
  begin();
  answer(allowed_to_the_first, COUNT(allowed_to_the_first), SECCOMP_RET_ALLOW);
  install(SECCOMP_RET_KILL_PROCESS);
}

void close_from(int first) {
  if (syscall(SYS_close_range, first, ~0u, 0) == 0) return;
  for (int descriptor = first; descriptor < 1024; descriptor++) close(descriptor);
}
#else
void filter_system_calls(enum purpose purpose) { (void)purpose; }
void filter_all_but_waiting(void) {}
void close_from(int first) {
  for (int descriptor = first; descriptor < 1024; descriptor++) close(descriptor);
}
#endif
