import type { Stage } from './stage';
import { drawArtifact } from './tree';

/** Writes on each page of several whose CV it is, and which page. */
export function drawFooters(stage: Stage, name: string): void {
  const { pdf, design, left, width } = stage;
  const { count } = pdf.bufferedPageRange();
  if (count < 2) return;
  for (let index = 0; index < count; index += 1) {
    pdf.switchToPage(index);
    const y = pdf.page.height - 0.62 * design.margin.bottom;
    drawArtifact(pdf, 'Pagination', () =>
      stage.draw(`${name} · ${index + 1} / ${count}`, left, y, design.footer, {
        width,
        align: 'right',
      }),
    );
  }
}
