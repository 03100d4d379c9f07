/* The ticket lock of Benchmarks/interleave-bench/Locks.swift, for SPIN: spin -a -DN=3 ticket.pml

   Written by hand, whereas the explorer runs the code itself. As in the code, taking a number is one step, waiting for
   it is one step that becomes possible, and the unlock is a load and a store; what comes between is plain memory. */

#ifndef N
#define N 3
#endif

byte next, owner, count, inside;

active [N] proctype cpu() {
  byte ticket, called;
  d_step { ticket = next; next++ }
  owner == ticket;
  d_step { inside++; assert(inside == 1); count++; inside-- }
  called = owner;
  owner = called + 1
}
