# sleep SECONDS: does nothing for so long.
  space time 16
  load r1 [sp]
  if r1 < 2 goto usage
  load r1 [sp + 16]
  set r2 0
digit:
  load byte r3 [r1]
  if r3 == 0 goto sleep
  if r3 < '0' goto usage
  if r3 > '9' goto usage
  sub r3 '0'
  mul r2 10
  add r2 r3
  add r1 1
  goto digit
sleep:
  store r2 [time]
  nanosleep &time
  exit 0
usage:
  write 2 "usage: sleep SECONDS\n"
  exit 1
