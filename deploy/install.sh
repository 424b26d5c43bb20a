#!/usr/bin/env bash
# Installs CareerHooks on a machine with systemd, or a new release beside the one that runs there.
# docs/production.md ("One machine", "Upgrade") tells what it does; `deploy/install.sh --help` how to call it.
set -euo pipefail
umask 022
# For useradd, which is not on everybody's PATH.
export PATH=$PATH:/usr/sbin:/sbin

readonly PROGRAM=/opt/careerhooks
readonly RELEASES=$PROGRAM/releases
readonly CURRENT=$PROGRAM/current
readonly COMMAND=/usr/local/bin/careerhooks
readonly UNITS=/etc/systemd/system
readonly SETTINGS=/etc/careerhooks.env
# Runs it; and builds it, so that no script of a dependency can reach what the first one keeps.
readonly RUNS=careerhooks
readonly BUILDS=careerhooks-build
# In the order in which they are restarted: a new worker understands what an old server writes.
readonly SERVICES=(careerhooks@worker careerhooks@server careerhooks)
# What is put in place, and put back where a release does not start.
readonly PLACED=(
  "$CURRENT"
  "$COMMAND"
  "$UNITS/careerhooks.service"
  "$UNITS/careerhooks@.service"
  "$UNITS/careerhooks.service.d/hardening.conf"
  "$UNITS/careerhooks@.service.d/hardening.conf"
)
readonly KEPT=3

SOURCE=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly SOURCE

building=''            # the folder of a release that is not whole yet
built=''               # the release that is new
before=''              # the archive of PLACED as it was, while another release is tried
declare -a concerned=() # the services that are restarted
declare -a added=()     # those that this machine did not run before

usage() {
  cat << 'END'
deploy/install.sh, as root:

  install.sh                      builds the release of this folder, and switches to it when it is whole;
                                  goes back by itself where it does not start
  install.sh --role <role>        also has this machine run it: start (everything in one process; the first
                                  installation has this without --role), server or worker; may be repeated
  install.sh --rollback [release] switches to the release before the current one, or to the one that is named
  install.sh --list               shows the releases that are here; the current one has a *
END
}

say() {
  echo "install.sh: $*"
}

die() {
  echo "install.sh: $*" >&2
  exit 1
}

# --- What has to be there -------------------------------------------------------------------------

check_machine() {
  [ "$(id -u)" -eq 0 ] || die 'Run it as root: sudo deploy/install.sh'
  [ -d /run/systemd/system ] || die 'systemd does not run here. docs/production.md has other ways.'
  local program
  for program in systemctl systemd-run systemd-notify setpriv flock tar useradd; do
    command -v "$program" > /dev/null || die "$program is missing: install it."
  done
  if [ -e "$COMMAND" ] || [ -L "$COMMAND" ]; then
    [[ $(readlink "$COMMAND") == "$CURRENT"/* ]] \
      || die "$COMMAND is there, and not from here: move it away."
  fi
}

# The version of Node.js that the given folder's package.json asks for.
wanted_node() {
  sed -n '/"engines"/,/}/s/.*"node": *"\(.*\)".*/\1/p' "$1/package.json"
}

# at_least <version> <version>: the first is the second, or newer.
at_least() {
  [ "$(printf '%s\n' "$1" "$2" | sort --version-sort | head -n 1)" = "$2" ]
}

# fits <version> <ranges>: whether it is in one of them, such as `^20.19.0 || >=24`.
fits() {
  local version=$1 range
  local -a ranges
  read -ra ranges <<< "${2//||/}"
  for range in "${ranges[@]}"; do
    case $range in
      ^*)
        range=${range#^}
        [ "${version%%.*}" = "${range%%.*}" ] && at_least "$version" "$range" && return
        ;;
      '>='*) at_least "$version" "${range#>=}" && return ;;
    esac
  done
  return 1
}

# Prints the path of the Node.js that releases are run with.
find_node() {
  local node version wanted
  wanted=$(wanted_node "$SOURCE")
  node=$(command -v node) || die "There is no node on root's PATH ($PATH). Install Node.js $wanted with npm, \
for everybody: into /usr or /usr/local. Where it is elsewhere: sudo env \"PATH=/folder/of/node:\$PATH\" $0"
  version=$("$node" -p process.versions.node) || die "$node does not run."
  fits "$version" "$wanted" || die "$node is version $version, and has to be $wanted."
  case $(readlink -f "$node") in
    /root/* | /home/* | /run/user/*)
      die "$node is in somebody's home folder, where the service does not see it: install it for everybody."
      ;;
  esac
  command -v npm > /dev/null || die "There is no npm beside $node: install it."
  echo "$node"
}

make_user() {
  id "$1" > /dev/null 2>&1 \
    || useradd --system --user-group --home-dir /nonexistent --shell /usr/sbin/nologin "$1"
}

as() {
  local user=$1
  shift
  setpriv --reuid="$user" --regid="$user" --init-groups --no-new-privs --inh-caps=-all \
    --bounding-set=-all "$@"
}

# --- Building -------------------------------------------------------------------------------------

# The time comes first, so that names sort as releases were installed.
release_name() {
  local version owner group commit
  version=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' "$SOURCE/package.json")
  # As whoever the folder belongs to, since git does what a folder's own settings say.
  owner=$(stat -c %u "$SOURCE")
  group=$(stat -c %g "$SOURCE")
  commit=$(setpriv --reuid="$owner" --regid="$group" --clear-groups \
    git -C "$SOURCE" rev-parse --short HEAD 2> /dev/null || true)
  echo "$(date -u +%Y%m%d-%H%M%S)-$version${commit:+-$commit}"
}

# What is built and installed: nothing else that lies in the folder, such as data or secrets.
source_files() {
  cd "$SOURCE"
  "$1" -p '[...require("./package.json").workspaces,
    "package.json", "package-lock.json", "tsconfig.base.json", "tsconfig.json", "CHANGELOG.md", "LICENSE",
    "deploy/install.sh", "deploy/systemd"].join("\n")'
}

# Leaves of root's environment only what a build may need to reach a registry.
clean_environment() {
  local variable
  for variable in $(compgen -e); do
    case ${variable,,} in
      path | lang | http_proxy | https_proxy | no_proxy | node_extra_ca_certs | ssl_cert_* | npm_config_*) ;;
      *) unset "$variable" ;;
    esac
  done
}

# Runs a command in the folder that is built, as the user for it; shows what it wrote only if it fails.
build_step() {
  local log=$building/log
  say "  $*"
  (
    clean_environment
    export HOME=$building/home
    cd "$building/app" && as "$BUILDS" "$@"
  ) < /dev/null > "$log" 2>&1 || {
    tail -n 40 "$log" >&2
    die "\`$*\` failed, see above. What runs is as it was."
  }
}

# build <release> <node>: makes the release, which belongs to root and is whole, or is not there.
build() {
  local release=$1 node=$2
  building=$(mktemp -d "$RELEASES/.building-XXXXXX")
  chmod 0711 "$building"
  install -d -o "$BUILDS" -g "$BUILDS" -m 0700 "$building/app" "$building/home"
  source_files "$node" \
    | tar -C "$SOURCE" --exclude=node_modules --exclude=dist --exclude='*.tsbuildinfo' -cf - -T - \
    | as "$BUILDS" tar -C "$building/app" -xf -
  # The one dependency with native code that is made, or fetched, by a script is SQLite's.
  build_step npm ci --ignore-scripts
  build_step npm rebuild better-sqlite3 --foreground-scripts
  build_step npm run build:cli
  build_step npm prune --omit=dev --ignore-scripts
  # A copy is nobody's but root's, also where something of the build still holds a file open.
  cp -R --no-dereference --preserve=links,timestamps "$building/app" "$building/release"
  chmod -R u=rwX,go=rX "$building/release"
  ln -s "$node" "$building/release/node"
  check_release "$building/release"
  sync -f "$building/release"
  mv -T "$building/release" "$RELEASES/$release"
  rm -rf "$building"
  building=''
}

# As the user that will run it: its files can be read, and SQLite's native part fits its Node.js.
check_release() {
  local release=$1
  (
    cd "$release/store" \
      && as "$RUNS" env -i ../node ../cli/bin/careerhooks.js --help > /dev/null \
      && as "$RUNS" env -i ../node -e 'new (require("better-sqlite3"))(":memory:").close()'
  ) || die "$(basename "$release") does not run here, see above. What runs is as it was. If Node.js has \
been replaced since it was built, build it again: from its checkout, sudo deploy/install.sh"
}

# Fetches the embedded Temporal in the service's own surroundings, so that its start need not.
fetch_temporal() {
  say 'looking for Temporal, or fetching it once'
  # shellcheck disable=SC2016 # the shell of the unit expands it
  systemd-run --quiet --pipe --wait --collect --property="User=$RUNS" \
    --property=CacheDirectory=careerhooks --property=CacheDirectoryMode=0700 \
    --property=Environment=XDG_CACHE_HOME=/var/cache/careerhooks \
    --property="EnvironmentFile=-$SETTINGS" \
    /bin/sh -c '[ -n "$TEMPORAL_ADDRESS" ] || exec "$1/node" "$1/cli/bin/careerhooks.js" fetch-temporal' \
    sh "$1" < /dev/null || die 'There is no Temporal, see above. What runs is as it was.'
}

# --- Switching ------------------------------------------------------------------------------------

enabled() {
  systemctl --quiet is-enabled "$1" 2> /dev/null
}

# Replaces a link in one step, so that whoever follows it finds one or the other.
point() {
  local link=$1 target=$2
  ln -sfn "$target" "$link.new"
  mv -T "$link.new" "$link"
}

place_units() {
  local units=$CURRENT/deploy/systemd unit
  for unit in careerhooks careerhooks@; do
    install -D -m 0644 "$units/$unit.service" "$UNITS/$unit.service"
    install -D -m 0644 "$units/hardening.conf" "$UNITS/$unit.service.d/hardening.conf"
  done
  point "$COMMAND" "$units/careerhooks.sh"
  systemctl daemon-reload
}

# Whether it runs, or should and does not: not one that somebody has stopped.
wants_to_run() {
  case $(systemctl is-active "$1") in
    active | activating | reloading) ;;
    failed) enabled "$1" ;;
    *) return 1 ;;
  esac
}

# Restarts the given services, one after the other; each says by itself when it is ready.
restart() {
  local service
  for service in "$@"; do
    say "restarting $service, and waiting until it is ready"
    if ! systemctl restart "$service"; then
      say "$service does not start:"
      journalctl --unit "$service" --lines 8 --output cat --no-pager
      return 1
    fi
  done
}

# Those of the services concerned that this machine ran before.
restart_those_before() {
  local service
  for service in "${concerned[@]}"; do
    [[ " ${added[*]} " == *" $service "* ]] || restart "$service" || return 1
  done
}

# Sets what a switch concerns: the services that run, and those that are asked for.
find_concerned() {
  local service
  for service in "${SERVICES[@]}"; do
    if [[ " $* " == *" $service "* ]] || wants_to_run "$service"; then
      concerned+=("$service")
    elif enabled "$service"; then
      say "$service is stopped, and stays so: sudo systemctl start $service"
    fi
  done
}

# Keeps what is in place, for finish to put it back where it comes to that.
remember() {
  local path
  local -a there=()
  for path in "${PLACED[@]}"; do
    if [ -e "$path" ] || [ -L "$path" ]; then there+=("${path#/}"); fi
  done
  before=$(mktemp)
  tar -C / -cf "$before" "${there[@]}"
}

go_back() {
  local archive=$before
  before=''
  say 'going back to what was there before'
  rm -f "${PLACED[@]}"
  tar -C / -xf "$archive"
  rm -f "$archive"
  [ "${#added[@]}" -eq 0 ] || systemctl --quiet disable --now "${added[@]}" || true
  systemctl daemon-reload
  if restart_those_before; then
    say 'what was there before is there again'
  else
    say 'that does not start either: did it run before?'
  fi
}

# switch_to <release> <services to enable>: where it does not start, what was there before comes back.
switch_to() {
  local release=$1 service first=yes
  shift
  if [ -L "$CURRENT" ] || [ -e "$UNITS/careerhooks.service" ]; then
    first=no
    remember
  fi
  point "$CURRENT" "$RELEASES/$release"
  place_units
  for service in "$@"; do
    enabled "$service" && continue
    systemctl --quiet enable "$service"
    added+=("$service")
  done
  if ! restart "${concerned[@]}"; then
    [ "$first" = no ] || die "$release is installed, and does not start, see above. Mend that, in $SETTINGS \
if it is a setting; then: sudo systemctl restart ${concerned[*]}"
    die "$release does not start, see above."
  fi
  rm -f "$before"
  before=''
}

# --- Releases -------------------------------------------------------------------------------------

releases() {
  find "$RELEASES" -mindepth 1 -maxdepth 1 -type d -not -name '.*' -printf '%f\n' 2> /dev/null | sort
}

current() {
  basename "$(readlink "$CURRENT" || true)"
}

list() {
  local release
  while IFS= read -r release; do
    if [ "$release" = "$(current)" ]; then echo "* $release"; else echo "  $release"; fi
  done < <(releases)
}

# Keeps the newest, and never removes what runs.
remove_old() {
  local release
  while IFS= read -r release; do
    [ "$release" = "$(current)" ] || rm -rf "${RELEASES:?}/$release"
  done < <(releases | head -n "-$KEPT")
}

# roll_back [release]
roll_back() {
  local to=${1:-} from
  [ -L "$CURRENT" ] || die 'Nothing is installed.'
  from=$(current)
  [ -n "$to" ] || to=$(releases | awk -v from="$from" '$0 == from { print last } { last = $0 }')
  [ -n "$to" ] || die "There is no release before $from. Those that are here: --list"
  [ -d "$RELEASES/$to" ] || die "There is no release $to. Those that are here: --list"
  [ "$to" != "$from" ] || die "$to is the current release."
  check_release "$RELEASES/$to"
  find_concerned
  switch_to "$to"
  say "back from $from to $to"
}

# install_release [services that are asked for]
install_release() {
  local node
  node=$(find_node)
  make_user "$RUNS"
  make_user "$BUILDS"
  install -d -m 0755 "$PROGRAM" "$RELEASES"
  rm -rf "$RELEASES"/.building-*
  [ -e "$SETTINGS" ] || install -m 0600 /dev/null "$SETTINGS"
  # They have secrets, and an editor makes files that everybody may read.
  local file
  for file in "$SETTINGS" "${SETTINGS%.env}"-{server,worker}.env; do
    [ ! -e "$file" ] || chmod go-rwx "$file"
  done
  find_concerned "$@"
  built=$(release_name)
  say "building $built with $node $("$node" --version), beside what runs"
  build "$built" "$node"
  if [[ " ${concerned[*]} " == *' careerhooks '* ]]; then fetch_temporal "$RELEASES/$built"; fi
  switch_to "$built" "$@"
  say "$built is the current release"
  built=''
  remove_old
}

# --- Calling it -----------------------------------------------------------------------------------

# services_of [roles]: one a line; without a role, everything in one process, if nothing is there yet.
services_of() {
  local role service
  local -a asked=()
  for role in "$@"; do
    case $role in
      start) asked+=(careerhooks) ;;
      server | worker) asked+=("careerhooks@$role") ;;
      *) die "There is no role $role. There are: start, server, worker." ;;
    esac
  done
  local -a all=("${asked[@]}")
  for service in "${SERVICES[@]}"; do
    if enabled "$service"; then all+=("$service"); fi
  done
  if [ ${#all[@]} -eq 0 ]; then asked=(careerhooks); fi
  if [[ " ${all[*]} " == *' careerhooks '* && " ${all[*]} " == *@* ]]; then
    die "start is everything in one process, and not beside server or worker (${all[*]}): disable one."
  fi
  printf '%s\n' "${asked[@]}"
}

# Whatever ends us: nothing half built stays, and nothing that does not start.
finish() {
  local code=$?
  trap '' INT TERM HUP
  set +e
  [ -z "$building" ] || rm -rf "$building"
  if [ -n "$before" ]; then
    go_back
  fi
  if [ -n "$built" ] && [ "$(current)" != "$built" ]; then rm -rf "${RELEASES:?}/$built"; fi
  exit "$code"
}

main() {
  local action=install to='' asked
  local -a roles=() services=()
  while [ $# -gt 0 ]; do
    case $1 in
      --role)
        roles+=("${2:?--role needs start, server or worker}")
        shift
        ;;
      --rollback)
        action=rollback
        if [ $# -gt 1 ]; then
          to=$2
          shift
        fi
        ;;
      --list) action=list ;;
      --help)
        usage
        return
        ;;
      *)
        usage >&2
        die "There is no option $1."
        ;;
    esac
    shift
  done
  if [ "$action" = list ]; then
    list
    return
  fi
  check_machine
  exec 9> /run/lock/careerhooks-install
  flock --nonblock 9 || die 'Another install.sh is at it.'
  trap finish EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  trap 'exit 129' HUP
  if [ "$action" = rollback ]; then
    roll_back "$to"
    return
  fi
  asked=$(services_of "${roles[@]}")
  [ -z "$asked" ] || mapfile -t services <<< "$asked"
  install_release "${services[@]}"
}

# The tests take single functions from here.
if [ "${BASH_SOURCE[0]}" = "$0" ]; then main "$@"; fi
