import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** An element of the structure tree, as pdf.js gives it. */
export interface StructureNode {
  role?: string;
  alt?: string;
  lang?: string;
  type?: string;
  children?: StructureNode[];
}

export interface OutlineItem {
  title: string;
  items: OutlineItem[];
}

/** A PDF as pdf.js reads it. */
export interface ReadPdf {
  /** The text of each page, in the order in which it is drawn. */
  pages: string[];
  links: { url: string; says: string }[];
  /** The structure of each page's content. */
  structure: StructureNode[];
  /** Width and height of each page in points. */
  sizes: [number, number][];
  pictures: number;
  outline: OutlineItem[];
  info: Record<string, string>;
  xmp: Record<string, string>;
  marks: { Marked: boolean } | null;
}

/** @param asWritten whether pdf.js is to leave characters that are compatible with others as they are. */
export function readPdf(pdf: Buffer, { asWritten = false } = {}): ReadPdf {
  const script = join(__dirname, 'read-pdf.mjs');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [script, ...(asWritten ? ['as-written'] : [])],
    {
      input: pdf,
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  if (status !== 0) throw new Error(stderr.toString());
  return JSON.parse(stdout.toString()) as ReadPdf;
}
