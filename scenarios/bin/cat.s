# cat [FILE…]: copies its files, or its standard input, to its standard output.
  space bytes 4096
  load r7 [sp]             # how many arguments are left
  set r6 sp                # where the address of the next one is
  add r6 16
  set r5 0                 # the code to end with
  set r4 0                 # the descriptor to copy from
  if r7 > 1 goto file
  call copy
  exit 0

file:
  sub r7 1
  if r7 == 0 goto end
  load r1 [r6]
  add r6 8
  r4 = open r1 O_RDONLY
  if r4 < 0 goto missing
  call copy
  close r4
  goto file
missing:
  write 2 "cat: cannot open a file\n"
  set r5 1
  goto file
end:
  exit r5

# Copies everything from r4.
copy:
  r1 = read r4 &bytes 4096
  if r1 <= 0 goto copied
  write 1 &bytes r1
  goto copy
copied:
  ret
