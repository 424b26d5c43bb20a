/** Prints what a viewer knows of a PDF beside its text: `{links, outline, lang, marked, title}`. */
import { readFile } from 'node:fs/promises';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

const data = new Uint8Array(await readFile(process.argv[2]));
const pdf = await getDocument({ data, verbosity: 0 }).promise;
const links = [];
for (let number = 1; number <= pdf.numPages; number += 1) {
  const annotations = await (await pdf.getPage(number)).getAnnotations();
  links.push(...annotations.flatMap(({ unsafeUrl }) => unsafeUrl ?? []));
}
const { info } = await pdf.getMetadata();
process.stdout.write(
  JSON.stringify({
    links,
    outline: ((await pdf.getOutline()) ?? []).map(({ title }) => title),
    marked: (await pdf.getMarkInfo())?.Marked ?? false,
    lang: info.Language,
    title: info.Title,
  }),
);
