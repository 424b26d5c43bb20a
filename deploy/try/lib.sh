# shellcheck shell=bash
# What the scripts beside this one share. They set WORK, and document is docs/production.md.

trying=''  # what is tried
outcome='' # what came of it

fail() {
  echo "$trying: $*" >&2
  exit 1
}

# try <what> <function>: a line of the table; the function sets outcome, and ends all of it otherwise.
try() {
  trying=$1
  outcome=''
  local began=$SECONDS
  "$2"
  printf '%-66s %4d s  %s\n' "$1" "$((SECONDS - began))" "${outcome:-holds}"
}

# documented <section> <number>: that block of commands of the section.
documented() {
  awk -v section="$1" -v wanted="$2" '
    /^##+ / { title = $0; sub(/^#+ /, "", title); there = title == section }
    there && /^```sh/ { block += 1; inside = 1; next }
    /^```/ { inside = 0 }
    there && inside && block == wanted' docs/production.md
}

# until_true <seconds> <command…>
until_true() {
  local left=$1
  shift
  until "$@"; do
    left=$((left - 1))
    [ "$left" -gt 0 ] || fail "not within the time: $*"
    sleep 1
  done
}

is_ready() { curl -sf "${1:-$URL}/readyz" > /dev/null; }

# all_arrived <file of accepted ids> <file of received ids>
all_arrived() { [ -z "$(comm -23 <(sort -u "$1") <(sort -u "$2"))" ]; }

require_programs() {
  local program
  for program in "$@"; do command -v "$program" > /dev/null || fail "$program is missing"; done
}

require_ports() {
  local port
  for port in "$@"; do
    ! (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null || fail "port $port is taken"
  done
}
