#!/usr/bin/env bash
# As the official image does it: what is missing is made at the first start, by a server that has no port yet.
set -euo pipefail
database=${POSTGRES_DB:-$POSTGRES_USER}
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  initdb --username "$POSTGRES_USER" --pwfile <(printf '%s\n' "$POSTGRES_PASSWORD") --auth-host scram-sha-256 --auth-local trust > /dev/null
  echo 'host all all all scram-sha-256' >> "$PGDATA/pg_hba.conf"
  pg_ctl start --wait -o "-c listen_addresses=''" > /dev/null
  createdb --username "$POSTGRES_USER" --maintenance-db postgres "$database" 2> /dev/null || true
  pg_ctl stop --wait --mode fast > /dev/null
fi
exec postgres -c listen_addresses='*'
