"""Prints the text of a PDF, as the named library gives it without any setting."""

import sys


def pdfminer(path):
    from pdfminer.high_level import extract_text

    return extract_text(path)


def pymupdf(path):
    import pymupdf

    return "\n".join(page.get_text() for page in pymupdf.open(path))


def pypdf(path):
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


_, library, path = sys.argv
sys.stdout.buffer.write(globals()[library](path).encode())
