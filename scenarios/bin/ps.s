# ps: prints the number, the parent, the state and the name of each process, from /proc.
  space names 2048
  space path 64
  space stat 512
  text root "/proc"
  write 1 "    PID    PPID S NAME\n"
  r7 = open &root O_RDONLY|O_DIRECTORY
fill:
  r6 = getdents64 r7 &names 2048
  if r6 <= 0 goto end
  set r5 &names
  add r6 r5
entry:
  load byte r1 [r5 + 19]
  if r1 < '0' goto next
  if r1 > '9' goto next
  call show
next:
  load byte r1 [r5 + 16]
  load byte r2 [r5 + 17]
  shl r2 8
  add r5 r1
  add r5 r2
  if r5 < r6 goto entry
  goto fill
end:
  exit 0

# Prints the line of the process whose number, in digits, is the name of the entry at r5.
show:
  set r1 &path
  text prefix "/proc/"
  set r2 &prefix
  call append
  set r2 r5
  add r2 19
  call append
  text suffix "/stat"
  set r2 &suffix
  call append
  store byte 0 [r1]
  r4 = open &path O_RDONLY
  if r4 < 0 goto shown
  r3 = read r4 &stat 511
  close r4
  if r3 <= 0 goto shown
  store byte 0 [stat + r3]
  set r1 &stat             # NUMBER (NAME) STATE PARENT …
  set r2 7
  call field
  push r1                  # at the name
seek:
  load byte r3 [r1]
  add r1 1
  if r3 != ')' goto seek
  push r1                  # after the name
  add r1 3
  set r2 7
  write 1 " "
  call field
  load r1 [sp]
  write 1 r1 2
  write 1 " "
  pop r2
  pop r1
  add r1 1
  sub r2 r1
  sub r2 1
  write 1 r1 r2
  write 1 "\n"
shown:
  ret

# Prints the word at r1 in a column of r2; r1 goes to the word after it.
field:
  set r3 r1
measure:
  load byte r4 [r3]
  if r4 == ' ' goto pad
  if r4 == 0 goto pad
  add r3 1
  goto measure
pad:
  set r4 r3
  sub r4 r1                # how long the word is
padding:
  if r2 <= r4 goto word
  write 1 " "
  sub r2 1
  goto padding
word:
  write 1 r1 r4
  set r1 r3
  add r1 1
  ret

# Copies the text at r2 to r1, which goes to its end.
append:
  load byte r3 [r2]
  if r3 == 0 goto appended
  store byte r3 [r1]
  add r1 1
  add r2 1
  goto append
appended:
  ret
