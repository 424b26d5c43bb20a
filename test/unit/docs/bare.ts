/** A page without what Prettier changes: widths of cells, and breaks of lines. */
export function bare(page: string): string {
  return page.replaceAll(/-{3,}/g, '---').replaceAll(/\s+/g, ' ');
}
