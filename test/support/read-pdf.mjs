/**
 * Reads a PDF on stdin; prints what `pdf-content.ts` describes. A process of its own: pdfjs is an ES module.
 */
import { buffer } from 'node:stream/consumers';
import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';

const data = new Uint8Array(await buffer(process.stdin));
const pdf = await getDocument({ data, verbosity: 0 }).promise;

// Else µ is read as μ.
const asWritten = process.argv[2] === 'as-written';

const pages = [];
const links = [];
const structure = [];
const sizes = [];
let pictures = 0;
for (let number = 1; number <= pdf.numPages; number += 1) {
  const page = await pdf.getPage(number);
  const { items } = await page.getTextContent({ disableNormalization: asWritten });
  pages.push(items.map(({ str, hasEOL }) => str + (hasEOL ? '\n' : '')).join(''));
  for (const { url, contentsObj } of await page.getAnnotations()) {
    links.push({ url, says: contentsObj.str });
  }
  structure.push(await page.getStructTree());
  sizes.push(page.view.slice(2));
  const { fnArray } = await page.getOperatorList();
  pictures += fnArray.filter((operator) => operator === OPS.paintImageXObject).length;
}

const outlineOf = (items) =>
  (items ?? []).map(({ title, items: below }) => ({ title, items: outlineOf(below) }));
const { info, metadata } = await pdf.getMetadata();
process.stdout.write(
  JSON.stringify({
    pages,
    links,
    structure,
    sizes,
    pictures,
    outline: outlineOf(await pdf.getOutline()),
    info,
    xmp: metadata === null ? {} : metadata.getAll(),
    marks: await pdf.getMarkInfo(),
  }),
);
