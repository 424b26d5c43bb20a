import { z } from 'zod';
import { clearable, itemId, name, tags } from './fields';

export const interest = z.strictObject({ id: itemId, name, keywords: clearable(tags) });

export type Interest = z.output<typeof interest>;
