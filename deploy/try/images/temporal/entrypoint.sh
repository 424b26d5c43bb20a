#!/usr/bin/env bash
set -euo pipefail
cd /opt/temporal
export SQL_PLUGIN=postgres12 SQL_HOST=$POSTGRES_SEEDS SQL_PORT=$DB_PORT SQL_USER=$POSTGRES_USER SQL_PASSWORD=$POSTGRES_PWD

set_up() {
  export SQL_DATABASE=$1
  ./sql create-database || true
  ./sql setup-schema -v 0.0 || true
  ./sql update-schema --schema-name "postgresql/v12/$2"
}

datastore() {
  printf '{"sql": {"pluginName": "postgres12", "databaseName": "%s", "connectAddr": "%s:%s", "connectProtocol": "tcp", ' \
    "$1" "$POSTGRES_SEEDS" "$DB_PORT"
  printf '"user": "%s", "password": "%s", "maxConns": 10, "maxIdleConns": 10}}' "$POSTGRES_USER" "$POSTGRES_PWD"
}

service() {
  printf '"%s": {"rpc": {"grpcPort": %s, "membershipPort": %s, "bindOnIP": "%s"}}' "$1" "$2" "$3" "$address"
}

set_up temporal temporal
set_up temporal_visibility visibility
address=$(hostname -i)
cat > /tmp/temporal.json << JSON
{
  "log": {"stdout": true, "level": "warn"},
  "persistence": {
    "defaultStore": "default", "visibilityStore": "visibility", "numHistoryShards": 4,
    "datastores": {"default": $(datastore temporal), "visibility": $(datastore temporal_visibility)}
  },
  "global": {"membership": {"maxJoinDuration": "30s", "broadcastAddress": "$address"}},
  "services": {
    $(service frontend 7233 6933), $(service history 7234 6934),
    $(service matching 7235 6935), $(service worker 7239 6939)
  },
  "clusterMetadata": {
    "enableGlobalNamespace": false, "failoverVersionIncrement": 10,
    "masterClusterName": "active", "currentClusterName": "active",
    "clusterInformation": {"active": {"enabled": true, "initialFailoverVersion": 1, "rpcName": "frontend", "rpcAddress": "$address:7233"}}
  },
  "dcRedirectionPolicy": {"policy": "noop"},
  "archival": {"history": {"state": "disabled"}, "visibility": {"state": "disabled"}}
}
JSON

(
  until (exec 3<> "/dev/tcp/$address/7233") 2> /dev/null; do sleep 0.2; done
  echo "the port is open; the namespace comes in $NAMESPACE_AFTER_SECONDS s"
  sleep "$NAMESPACE_AFTER_SECONDS"
  until ./temporal operator namespace create --namespace default --retention 24h --address "$address:7233" \
    || ./temporal operator namespace describe --namespace default --address "$address:7233"; do sleep 1; done
) &
exec ./server --config-file /tmp/temporal.json --allow-no-auth start
