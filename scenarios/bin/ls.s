# ls [DIRECTORY]: prints the names in a directory that do not begin with a dot, one on a line.
  space names 2048
  text here "."
  set r1 &here
  load r2 [sp]
  if r2 < 2 goto open
  load r1 [sp + 16]
open:
  r7 = open r1 O_RDONLY|O_DIRECTORY
  if r7 < 0 goto missing
fill:
  r6 = getdents64 r7 &names 2048
  if r6 <= 0 goto end
  set r5 &names            # an entry: its number, the next offset, its length, its kind, its name
  add r6 r5
entry:
  set r1 r5
  add r1 19
  load byte r2 [r1]
  if r2 == '.' goto next
  set r2 0
length:
  set r3 r1
  add r3 r2
  load byte r3 [r3]
  if r3 == 0 goto print
  add r2 1
  goto length
print:
  write 1 r1 r2
  write 1 "\n"
next:
  load byte r1 [r5 + 16]
  load byte r2 [r5 + 17]
  shl r2 8
  add r5 r1
  add r5 r2
  if r5 < r6 goto entry
  goto fill
missing:
  write 2 "ls: cannot open the directory\n"
  exit 2
end:
  exit 0
