/** Readers of PDFs from PyPI. PyMuPDF 2.0 reads the same text, but installs 250 MB of a neural network's runtime. */
export const PDF_READERS_IN_PYTHON = {
  'pdfminer.six': '20260107',
  pymupdf: '1.28.2',
  pypdf: '7.1.1',
} as const;

export const PDFBOX = { 'org.apache.pdfbox:pdfbox': '3.0.8' } as const;

export const TIKA = {
  'org.apache.tika:tika-core': '3.3.1',
  'org.apache.tika:tika-parser-pdf-module': '3.3.1',
} as const;

export const VERAPDF = { 'org.verapdf:validation-model': '1.30.2' } as const;
