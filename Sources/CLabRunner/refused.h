// What the two files of the runner know of each other.
#pragma once
#include "CFiber.h"

#include <sys/resource.h>

/// What is named in place of a refused system call: no kernel has calls of these numbers.
#define LAB_RUNNER_RANDOM 1000001ul
#define LAB_RUNNER_CLOCK 1000002ul
#define LAB_RUNNER_START 1000003ul

/// Ends the program, which says that its code asked for something that differs from run to run.
///
/// `frame` is the frame of the function that was called.
void lab_runner_refuse(unsigned long what, const void *frame) __attribute__((noreturn));

/// What the process has used, for the runner itself.
int lab_runner_usage(struct rusage *usage);

/// Has the processor refuse to tell its clock, where it can: then no library reads one behind our back.
void lab_runner_stop_clock(void);
