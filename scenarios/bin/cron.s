# cron: a daemon. Each minute it reads /etc/crontab, whose lines say when and what,
#
#   * echo each minute
#   */5 echo when the number of the minute is a multiple of 5
#   30 echo in minute 30 of the hour
#
# and starts a shell for each line that is due.

  space table 2048
  text name "sh"
  text option "-c"
  space argv 32
  space minute 8           # how many minutes have passed

  fork                     # the parent ends, and init becomes the child's parent
  if r0 != 0 goto parent
  setsid
  chdir "/"
  umask 0
  r4 = open "/dev/null" O_RDONLY
  dup2 r4 0
  close r4

again:
  sleep 60s
  load r1 [minute]
  add r1 1
  store r1 [minute]
reap:                      # the shells that have ended since the last minute
  wait4 -1 0 WNOHANG
  if r0 > 0 goto reap
  r4 = open "/etc/crontab" O_RDONLY
  if r4 < 0 goto again
  r5 = read r4 &table 2047
  close r4
  if r5 < 0 goto again
  store byte 0 [table + r5]
  set r7 &table
line:
  load byte r1 [r7]
  if r1 == 0 goto again
  call due
  push r0
blank:                     # the command begins after the blanks, and ends with the line
  load byte r1 [r7]
  if r1 != ' ' goto command
  add r7 1
  goto blank
command:
  set r6 r7
rest:
  load byte r1 [r7]
  if r1 == 0 goto ended
  add r7 1
  if r1 != '\n' goto rest
  set r1 r7
  sub r1 1
  store byte 0 [r1]
ended:
  pop r0
  if r0 == 0 goto line
  fork
  if r0 != 0 goto line
  set r1 &name
  store r1 [argv]
  set r1 &option
  store r1 [argv + 8]
  store r6 [argv + 16]
  execve "/bin/sh" &argv 0
  exit 127
parent:
  exit 0

# Whether the line at r7 is due, in r0; r7 goes to what follows the number or the star.
due:
  load byte r1 [r7]
  if r1 != '*' goto exact
  add r7 1
  load byte r1 [r7]
  if r1 != '/' goto yes
  add r7 1
  call number
  if r2 <= 0 goto no
  load r3 [minute]
  call remainder
  if r3 == 0 goto yes
  goto no
exact:
  call number
  if r0 == 0 goto no
  push r2
  load r3 [minute]
  set r2 60
  call remainder
  pop r2
  if r3 == r2 goto yes
no:
  set r0 0
  ret
yes:
  set r0 1
  ret

# The number that the digits at r7 are, in r2; r0 tells whether there are any.
number:
  set r2 0
  set r0 0
digit:
  load byte r1 [r7]
  if r1 < '0' goto ready
  if r1 > '9' goto ready
  sub r1 '0'
  mul r2 10
  add r2 r1
  set r0 1
  add r7 1
  goto digit
ready:
  ret

# What is left when r2 is taken from r3 as often as possible, in r3.
remainder:
  if r3 < r2 goto ready
  sub r3 r2
  goto remainder
