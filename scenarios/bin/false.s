# false: ends with the code 1.
  exit 1
