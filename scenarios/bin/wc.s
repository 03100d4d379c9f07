# wc: prints how many lines, words and bytes its standard input has.
  space bytes 4096
  space number 32
  set r2 0                 # lines
  set r3 0                 # words
  set r4 0                 # bytes
  set r5 0                 # whether the last byte was in a word
fill:
  r7 = read 0 &bytes 4096
  if r7 <= 0 goto end
  add r4 r7
  set r6 0
scan:
  load byte r1 [bytes + r6]
  add r6 1
  if r1 == '\n' goto line
  if r1 == ' ' goto blank
  if r1 == '\t' goto blank
  if r5 == 1 goto next
  set r5 1
  add r3 1
  goto next
line:
  add r2 1
blank:
  set r5 0
next:
  if r6 < r7 goto scan
  goto fill
end:
  push r4
  push r3
  set r1 r2
  call print
  pop r1
  call print
  pop r1
  call print
  write 1 "\n"
  exit 0

# Prints r1 in a column of eight.
print:
  digits r2 r1 [number]
  set r3 8
pad:
  if r3 <= r2 goto padded
  write 1 " "
  sub r3 1
  goto pad
padded:
  write 1 &number r2
  ret
