# kill [-SIGNAL] PID: sends a signal, by its number; SIGTERM unless it is told otherwise.
  set r5 SIGTERM
  load r7 [sp]
  if r7 < 2 goto usage
  load r1 [sp + 16]
  load byte r2 [r1]
  if r2 != '-' goto pid
  add r1 1
  call number
  set r5 r4
  if r7 < 3 goto usage
  load r1 [sp + 24]
pid:
  call number
  kill r4 r5
  if r0 < 0 goto failed
  exit 0
failed:
  write 2 "kill: no such process\n"
  exit 1
usage:
  write 2 "usage: kill [-SIGNAL] PID\n"
  exit 2

# The number that the digits at r1 are, in r4.
number:
  set r4 0
digit:
  load byte r2 [r1]
  if r2 < '0' goto ready
  if r2 > '9' goto ready
  sub r2 '0'
  mul r4 10
  add r4 r2
  add r1 1
  goto digit
ready:
  ret
