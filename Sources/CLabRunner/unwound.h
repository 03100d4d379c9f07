#pragma once
#include <stdint.h>

/// Walks up from a signal that came in a library to the function of the program that called it: returns its address and
/// its frame; changes nothing if there is none above `bottom`, the end of the stack when the signal came.
void lab_runner_unwind(uintptr_t bottom, uintptr_t *address, uintptr_t *frame);
