import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Program } from '../support/programs';
import { run } from '../support/run';
import { pdfBox, pdfReaders, tika, type Tool } from '../support/tools';
import { PDF_READERS_IN_PYTHON, PDFBOX, TIKA } from './versions';

const PROGRAMS = join(__dirname, 'programs');
const PDFJS = join(__dirname, '../../../node_modules/pdfjs-dist/package.json');

/** A program that reads the text of PDFs. */
export interface Extractor {
  name: string;
  needs: readonly Program[];
  version: () => Promise<string>;
  /** The text of the PDF at this path. */
  read: (path: string) => Promise<string>;
}

export const EXTRACTORS: readonly Extractor[] = [
  {
    name: 'pdf.js',
    needs: [],
    version: async () => (JSON.parse(await readFile(PDFJS, 'utf8')) as { version: string }).version,
    read: (path) => run(process.execPath, [join(PROGRAMS, 'read-with-pdfjs.mjs'), path]),
  },
  inPython('pdfminer.six', 'pdfminer'),
  inPython('pypdf', 'pypdf'),
  inPython('pymupdf', 'pymupdf', 'PyMuPDF'),
  poppler('pdftotext', []),
  poppler('pdftotext -layout', ['-layout']),
  inJava('PDFBox', 'ReadWithPdfBox.java', pdfBox, PDFBOX['org.apache.pdfbox:pdfbox']),
  inJava('Tika', 'ReadWithTika.java', tika, TIKA['org.apache.tika:tika-parser-pdf-module']),
];

function inPython(
  library: keyof typeof PDF_READERS_IN_PYTHON,
  module: string,
  name: string = library,
): Extractor {
  return {
    name,
    needs: pdfReaders.needs,
    version: () => Promise.resolve(PDF_READERS_IN_PYTHON[library]),
    async read(path) {
      return run(await pdfReaders.install(), [join(PROGRAMS, 'read_pdf.py'), module, path]);
    },
  };
}

function poppler(name: string, options: readonly string[]): Extractor {
  return {
    name,
    needs: ['pdftotext'],
    async version() {
      const said = await run('sh', ['-c', 'pdftotext -v 2>&1']);
      return /version (\S+)/.exec(said)?.[1] ?? said;
    },
    read: (path) => run('pdftotext', [...options, path, '-']),
  };
}

function inJava(name: string, program: string, tool: Tool<string>, version: string): Extractor {
  return {
    name,
    needs: tool.needs,
    version: () => Promise.resolve(version),
    async read(path) {
      const jars = join(await tool.install(), '*');
      return run('java', ['-cp', jars, join(PROGRAMS, program), path]);
    },
  };
}
