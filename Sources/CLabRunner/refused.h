// What the two files of the runner share.
#pragma once
#include "CFiber.h"

#include <sys/resource.h>

/// Named instead of a refused system call: no kernel has calls with these numbers.
#define LAB_RUNNER_RANDOM 1000001ul
#define LAB_RUNNER_CLOCK 1000002ul
#define LAB_RUNNER_START 1000003ul

/// Ends the program, with the message that its code asked for something that differs from run to run.
///
/// `frame` is the frame of the function that was called.
void lab_runner_refuse(unsigned long what, const void *frame) __attribute__((noreturn));

/// Gets what the process has used, for the runner itself.
int lab_runner_usage(struct rusage *usage);

/// Has the processor refuse to read its clock, where it can: then no library reads it behind our back.
void lab_runner_stop_clock(void);
