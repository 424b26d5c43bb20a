#!/usr/bin/env bash
# `pg_restore --list`, by which backups in pg_dump's custom format are commonly checked, takes a dump that was
# cut off: the list stands at its beginning, and nothing behind it is read. Writing the dump out as SQL to
# nowhere reads all of it, and refuses one that lacks data.
#
# Versions: PostgreSQL 16.2's programs, of pgserver 0.1.4 of PyPI, Linux x64.
# Seen:     whole: list 0, SQL 0; half of it: list 0, SQL 1; nine tenths: list 0, SQL 1.
# So:       check a dump by `pg_restore --file /dev/null < dump`.
# PostgreSQL does not run as root: run by root, it runs as user 65534.
set -euo pipefail
folder=$(mktemp -d)
chmod 0755 "$folder"
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check --only-binary :all: --no-deps pgserver==0.1.4
export PATH
PATH=$(dirname "$(find "$folder/venv" -name initdb -path '*bin*')"):$PATH
unprivileged() { "$@"; }
if [ "$(id -u)" -eq 0 ]; then unprivileged() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }; fi
end() {
  unprivileged pg_ctl stop --pgdata "$folder/work/data" --mode immediate > /dev/null 2>&1 || true
  rm -rf "$folder"
}
trap end EXIT
mkdir work && chmod 0777 work && cd work
unprivileged initdb --pgdata data --username postgres --auth trust > /dev/null
unprivileged pg_ctl start --wait --pgdata data --log log --options "-c listen_addresses='' -k $folder/work" > /dev/null
export PGHOST=$folder/work PGUSER=postgres
psql --quiet --command "create table parcels as select n, md5(n::text) as label from generate_series(1, 20000) n"
pg_dump --format custom > whole.dump
size=$(stat -c %s whole.dump)
head -c $((size / 2)) whole.dump > half.dump
head -c $((size * 9 / 10)) whole.dump > most.dump

failed=0
look() {
  local dump=$1 wanted=$2 list=0 sql=0
  pg_restore --list "$dump" > /dev/null 2>&1 || list=$?
  pg_restore --file /dev/null < "$dump" 2> /dev/null || sql=$?
  echo "$dump: --list ends with $list, --file /dev/null with $sql"
  [ "$list $sql" = "$wanted" ] || failed=1
}
pg_restore --version
look whole.dump '0 0'
look half.dump '0 1'
look most.dump '0 1'
exit $failed
