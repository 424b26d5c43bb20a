import { type CvDocument, readCv } from '@careerhooks/cv';
import { getCv, type Store } from '@careerhooks/store';

/** The CV as the newest change left it. */
export interface CurrentCv {
  /** 0 before the first change. */
  version: number;
  /** Unix milliseconds; null before the first change. */
  updatedAt: number | null;
  cv: CvDocument;
}

/** Reads the CV, which is empty before its first change. */
export async function readCurrentCv(store: Store): Promise<CurrentCv> {
  const found = await getCv(store);
  return {
    version: found?.version ?? 0,
    updatedAt: found?.updatedAt ?? null,
    cv: readCv(found?.document ?? ''),
  };
}
