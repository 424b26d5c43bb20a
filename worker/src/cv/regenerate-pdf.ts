import { loadFonts, readCv, renderInThread, tellMissing } from '@careerhooks/cv';
import { getCv } from '@careerhooks/store';
import type { CvStepOutcome } from '@careerhooks/workflows';
import type { CvContext } from './cv-context';
import { runStep } from './run-step';

/** Draws the PDF of the CV as it is by now. */
export function regeneratePdf(context: CvContext, changeId: string): Promise<CvStepOutcome> {
  const { store, services } = context;
  return runStep(context, { step: 'pdf', changeId }, async () => {
    const cv = await getCv(store);
    const document = readCv(cv?.document ?? '');
    const fonts = loadFonts(services.fonts);
    const { content, notes } = await renderInThread(document, {
      ...services.pdf,
      fonts: services.fonts,
      madeAt: new Date(cv?.updatedAt ?? 0),
    });
    return {
      pdf: { version: cv?.version ?? 0, content },
      event: { type: 'cv.pdf_regenerated', data: { sizeBytes: content.length } },
      notes: [...notes, ...fonts.problems, ...tellMissing(document, fonts)],
    };
  });
}
