#!/usr/bin/env bash
# /usr/local/bin/careerhooks, by deploy/install.sh: the commands of the installed release, as the user,
# with the data folder and with the settings of the service of this machine.
#   sudo careerhooks keys create --system roleready
set -euo pipefail

readonly CURRENT=/opt/careerhooks/current

if [ "$(id -u)" -ne 0 ]; then
  echo 'careerhooks: the settings are for root alone to read: sudo careerhooks …' >&2
  exit 1
fi

enabled() {
  systemctl --quiet is-enabled "$1" 2> /dev/null
}

# Of several services the one that keeps the database, or the journal that keys are written to.
name=careerhooks
if ! enabled careerhooks; then
  for role in worker server; do
    if enabled "careerhooks@$role"; then name=careerhooks-$role; fi
  done
fi

# The settings as the service gets them: systemd itself reads the files.
settings() {
  systemd-run --quiet --pipe --wait --collect \
    --property="Environment=NODE_ENV=production CAREERHOOKS_DATA_DIR=/var/lib/$name XDG_CACHE_HOME=/var/cache/careerhooks" \
    --property=EnvironmentFile=-/etc/careerhooks.env --property="EnvironmentFile=-/etc/$name.env" \
    /usr/bin/env --null < /dev/null
}

mapfile -d '' -t lines < <(settings)
if [ ${#lines[@]} -eq 0 ]; then
  echo 'careerhooks: systemd did not read the settings, see above.' >&2
  exit 1
fi
# Nothing else comes along, such as a DATABASE_URL of root's shell.
for variable in $(compgen -e); do
  case $variable in
    TERM | LANG | LC_* | TZ | NO_COLOR) ;;
    *) unset "$variable" ;;
  esac
done
# By the environment, not as arguments, which everybody may see.
for line in "${lines[@]}"; do
  case $line in
    INVOCATION_ID=* | JOURNAL_STREAM=* | SYSTEMD_EXEC_PID=*) ;;
    *) export "${line?}" ;;
  esac
done
export HOME=/nonexistent

umask 077
exec setpriv --reuid=careerhooks --regid=careerhooks --init-groups --no-new-privs \
  --inh-caps=-all --bounding-set=-all "$CURRENT/node" "$CURRENT/cli/bin/careerhooks.js" "$@"
