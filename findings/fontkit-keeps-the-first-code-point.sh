#!/usr/bin/env bash
# fontkit keeps a glyph object with the code points that it was first asked for with, whatever it is asked for
# with later. Where a font has one glyph for two characters, `layout` says the first one met for both; and where
# that is a soft hyphen (U+00AD, the glyph of U+002D in many fonts), every later hyphen is laid out as an ignorable
# character: a blank without a width. pdfkit draws that, and writes its ToUnicode map from it.
#
# Versions: fontkit 2.0.4, pdfkit 0.20.2, pdfjs-dist 4.10.38, which has the Liberation Sans for it.
# Seen:     after layout('\u00ad'), layout('-') is the glyph of U+0020 and 0 wide; after layout('\u00a0'), layout(' ')
#           has U+00A0. A PDF with "a\u00adb" and, below, "1-5": no hyphen is drawn, and "1 5" is read.
# So:       normalise what is drawn, or give pdfkit a font whose glyphs are pairs of a glyph and its text.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund fontkit@2.0.4 pdfkit@0.20.2 pdfjs-dist@4.10.38 > /dev/null

cat > meet.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { create } from 'fontkit';
import PDFDocument from 'pdfkit';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

const file = readFileSync('node_modules/pdfjs-dist/standard_fonts/LiberationSans-Regular.ttf');
const hex = (text) => Array.from(text, (sign) => sign.codePointAt(0).toString(16).padStart(4, '0')).join(' ');

for (const [first, later] of ['\u00ad-', '\u00a0 ']) {
  const font = create(file);
  font.layout(first);
  const { glyphs, advanceWidth } = font.layout(later);
  console.log(`${hex(later)} after ${hex(first)}: ${hex(String.fromCodePoint(...glyphs[0].codePoints))}, ${advanceWidth} wide`);
}

const pdf = new PDFDocument();
pdf.font(file).text('a\u00adb').text('1-5');
pdf.end();
const document = await getDocument({ data: new Uint8Array(await buffer(pdf)), verbosity: 0 }).promise;
const { items } = await (await document.getPage(1)).getTextContent();
console.log('"1-5" is read:', items.filter(({ str }) => str !== '').at(-1).str);
JS
seen=$(node meet.mjs)
echo "$seen"
[ "$seen" = '002d after 00ad: 0020, 0 wide
0020 after 00a0: 00a0, 569 wide
"1-5" is read: 1 5' ] || { echo 'changed' >&2; exit 1; }
