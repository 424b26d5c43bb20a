import { z } from 'zod';
import { clearable, itemId, tags, title } from './fields';

export const interest = z.strictObject({ id: itemId, name: title, keywords: clearable(tags) });

export type Interest = z.output<typeof interest>;
