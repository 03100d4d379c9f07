# sort: prints the lines of its standard input in the order of their bytes.
  space bytes 32768
  space lines 16384        # the address of each line, at most 2,048
  set r7 0                 # how many bytes there are
fill:
  set r1 &bytes
  add r1 r7
  set r2 32767
  sub r2 r7
  if r2 <= 0 goto full
  r3 = read 0 r1 r2
  if r3 <= 0 goto full
  add r7 r3
  goto fill
full:
  if r7 == 0 goto end
  set r1 &bytes            # a line at the end without a line break gets one
  add r1 r7
  sub r1 1
  load byte r2 [r1]
  if r2 == '\n' goto split
  add r1 1
  store byte '\n' [r1]
  add r7 1

split:
  set r1 &bytes
  set r2 r1
  add r2 r7                # where the bytes end
  set r6 0                 # how many lines there are, times eight
line:
  if r6 >= 16384 goto sort
  store r1 [lines + r6]
  add r6 8
skip:
  load byte r3 [r1]
  add r1 1
  if r3 != '\n' goto skip
  if r1 < r2 goto line

# Insertion: the lines before r5 are in order; the line at r5 moves up until one before it is not greater.
sort:
  set r5 8
insert:
  if r5 >= r6 goto print
  load r7 [lines + r5]
  set r4 r5
up:
  if r4 == 0 goto place
  set r3 r4
  sub r3 8
  load r1 [lines + r3]
  set r2 r7
  call greater
  if r0 == 0 goto place
  load r1 [lines + r3]
  store r1 [lines + r4]
  set r4 r3
  goto up
place:
  store r7 [lines + r4]
  add r5 8
  goto insert

print:
  set r5 0
each:
  if r5 >= r6 goto end
  load r1 [lines + r5]
  set r2 0
count:
  set r3 r1
  add r3 r2
  load byte r3 [r3]
  add r2 1
  if r3 != '\n' goto count
  write 1 r1 r2
  add r5 8
  goto each
end:
  exit 0

# Whether the line at r1 comes after the line at r2, in r0; a line ends before every byte.
greater:
  push r3
  push r4
compare:
  load byte r3 [r1]
  load byte r4 [r2]
  if r3 != r4 goto differ
  if r3 == '\n' goto no
  add r1 1
  add r2 1
  goto compare
differ:
  if r3 == '\n' goto no
  if r4 == '\n' goto yes
  if r3 > r4 goto yes
no:
  set r0 0
  goto compared
yes:
  set r0 1
compared:
  pop r4
  pop r3
  ret
