#!/usr/bin/env bash
# pdfkit writes title, author and subject into the PDF's XML metadata (XMP) as they are: with an `&` or a `<` in one
# of them the packet is no XML, and readers take none of it. The Info dictionary of the same document is right.
#
# Versions: pdfkit 0.20.2 of npm, Python 3.11's xml.etree.
# Seen:     "Research": well-formed; "R&D": not well-formed.
# So:       escape `pdf.info` in an `endMetadata` of one's own: Info is written before that.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund pdfkit@0.20.2 > /dev/null
cat > write.cjs <<'JS'
const PDFDocument = require('pdfkit');
const pdf = new PDFDocument({ pdfVersion: '1.7', info: { Title: process.argv[2] } });
pdf.pipe(process.stdout);
pdf.end();
JS
cat > look.py <<'PY'
import re
import sys
from xml.etree import ElementTree

packet = re.search(rb"<x:xmpmeta.*</x:xmpmeta>", sys.stdin.buffer.read(), re.S)
try:
    ElementTree.fromstring(packet[0])
    print("well-formed")
except ElementTree.ParseError:
    print("not well-formed")
PY
seen=$(for title in Research 'R&D'; do
  echo "$title: $(node write.cjs "$title" | python3 look.py)"
done)
echo "$seen"
[ "$seen" = 'Research: well-formed
R&D: not well-formed' ] || { echo 'changed' >&2; exit 1; }
