#pragma once
#include <stdint.h>

/// Goes up from a signal that came in a library to the function of the program that called it: where that is, and its
/// frame; changes nothing where there is none above `bottom`, the end of the stack when the signal came.
void lab_runner_unwind(uintptr_t bottom, uintptr_t *address, uintptr_t *frame);
