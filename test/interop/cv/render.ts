import { type CvDocument, type DesignName, DESIGN_NAMES, renderPdf } from '@careerhooks/cv';

/** The designs that the CV's PDF has, the one that it has unless told otherwise first. */
export const DESIGNS = DESIGN_NAMES;

export type Design = DesignName;

/** The CV's PDF in this design. */
export async function render(cv: CvDocument, design: Design): Promise<Buffer> {
  return (await renderPdf(cv, { style: design })).content;
}
