#!/usr/bin/env bash
# Themes for JSON Resume read "2018" or "2021-03" by `new Date(…)`, which is midnight in UTC, and print it in the
# zone of the process: west of Greenwich that is the month before, and of a year alone the year before.
#
# Versions: jsonresume-theme-stackoverflow 3.3.0, jsonresume-theme-onepage-plus 1.1.0, jsonresume-theme-even 0.26.1.
# Seen:     of a position from 2021-03 in America/New_York: stackoverflow and onepage-plus print Feb 2021, even Mar 2021;
#           in UTC all print Mar 2021.
# So:       render themes with TZ=UTC, wherever the person or the server is.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts jsonresume-theme-stackoverflow@3.3.0 \
  jsonresume-theme-onepage-plus@1.1.0 jsonresume-theme-even@0.26.1 > /dev/null

cat > render.mjs <<'JS'
const resume = {
  basics: { name: 'Ada Example', location: { city: '' }, profiles: [] },
  work: [{ name: 'Northwind', position: 'Engineer', startDate: '2021-03', highlights: [] }],
};
for (const name of ['stackoverflow', 'onepage-plus', 'even']) {
  const theme = await import(`jsonresume-theme-${name}`);
  const page = await (theme.render ?? theme.default.render)(structuredClone(resume));
  console.log(`${name}: ${page.match(/\b(Feb|Mar)\w* 2021/)?.[0]}`);
}
JS
seen=$(for zone in UTC America/New_York; do echo "$zone" && TZ=$zone node render.mjs; done)
echo "$seen"
[ "$seen" = 'UTC
stackoverflow: Mar 2021
onepage-plus: Mar 2021
even: Mar 2021
America/New_York
stackoverflow: Feb 2021
onepage-plus: Feb 2021
even: Mar 2021' ] || { echo 'changed' >&2; exit 1; }
