# echo WORD…: prints its arguments, with a blank between them.
  load r7 [sp]             # how many arguments there are
  set r6 sp                # where the address of the next one is
  add r6 16
  set r5 1                 # its number
again:
  if r5 >= r7 goto end
  if r5 == 1 goto word
  write 1 " "
word:
  load r1 [r6]
  call length
  write 1 r1 r2
  add r6 8
  add r5 1
  goto again
end:
  write 1 "\n"
  exit 0

# The number of bytes before the zero byte of the text at r1, in r2.
length:
  set r2 0
next:
  set r3 r1
  add r3 r2
  load byte r3 [r3]
  if r3 == 0 goto counted
  add r2 1
  goto next
counted:
  ret
