#!/usr/bin/env bash
# pdftotext takes a hyphen at a line's end for one that was put there to part the word, and leaves it out: a line that
# breaks inside of "start-up" is read "startup". With -layout, or where the word is in one line, the hyphen stays.
#
# Versions: pdfkit 0.20.2 of npm, pdftotext 22.12.0 (Debian 12: poppler-utils).
# Seen:     plain: startup; -layout: start- and up, on two lines.
# So:       break no line behind the hyphen of a word where software is to read it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund pdfkit@0.20.2 > /dev/null
cat > write.cjs <<'JS'
const PDFDocument = require('pdfkit');
const pdf = new PDFDocument();
pdf.pipe(process.stdout);
pdf.text('Built the systems of a start-', 72, 72);
pdf.text('up with four people in it.', 72);
pdf.end();
JS
node write.cjs > cv.pdf
plain=$(pdftotext cv.pdf - | tr '\n' ' ' | grep -oE 'start-? ?up')
layout=$(pdftotext -layout cv.pdf - | tr '\n' ' ' | grep -oE 'start-? *up')
echo "plain: $plain; -layout: $layout"
[ "$plain; $layout" = 'startup; start- up' ] || { echo 'changed' >&2; exit 1; }
