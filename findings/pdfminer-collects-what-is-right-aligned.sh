#!/usr/bin/env bash
# A date that is right-aligned on the line of a title, as most CVs have it, is read apart from the title by pdfminer.six,
# whatever was drawn first: what stands at the right of several lines is taken for a column, and comes in one block.
# What stands in one run of text on the left is read where it stands.
#
# Versions: pdfkit 0.20.2 of npm, pdfminer.six 20260107 of PyPI.
# Seen:     right-aligned: the titles, then all dates; in the line below the title: title, date, title, date.
# So:       write dates in line where software is to read them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund pdfkit@0.20.2 > /dev/null
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check --only-binary :all: pdfminer.six==20260107
cat > write.cjs <<'JS'
const PDFDocument = require('pdfkit');
const pdf = new PDFDocument({ margin: 50, size: 'A4' });
pdf.pipe(process.stdout);
pdf.fontSize(10);
for (const [title, date] of [['Engineer', '2021 - 2024'], ['Developer', '2018 - 2020'], ['Tester', '2015 - 2017']]) {
  const top = pdf.y;
  pdf.text(title, 50, top);
  if (process.argv[2] === 'right-aligned') pdf.text(date, 50, top, { width: 495, align: 'right' });
  else pdf.text(`Example Ltd, ${date}`, 50);
  pdf.text('Did what is described in this line, which is about as long as such lines are in a CV.', 50);
  pdf.moveDown();
}
pdf.end();
JS
seen=$(for way in right-aligned below; do
  node write.cjs "$way" > cv.pdf
  order=$(venv/bin/pdf2txt.py cv.pdf | grep -oE 'Engineer|Developer|Tester|20[0-9]{2} - 20[0-9]{2}' | paste -sd ';')
  echo "$way: $order"
done)
echo "$seen"
[ "$seen" = 'right-aligned: Engineer;Developer;Tester;2021 - 2024;2018 - 2020;2015 - 2017
below: Engineer;2021 - 2024;Developer;2018 - 2020;Tester;2015 - 2017' ] || { echo 'changed' >&2; exit 1; }
