import type { z } from 'zod';
import type { CurrentCv } from '../cv/read';
import type { cvOut } from '../schemas/cv';
import { isoTime } from './times';

export function presentCv({ version, updatedAt, cv }: CurrentCv): z.output<typeof cvOut> {
  return { version, updated_at: isoTime(updatedAt), cv: { ...cv } };
}
