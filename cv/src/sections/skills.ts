import { z } from 'zod';
import { itemId, name, shortText } from './fields';

/** A category of skills, which is the section's item. */
export const skillCategory = z.strictObject({
  id: itemId,
  category: name,
  skills: z
    .array(
      z.strictObject({
        name,
        level: shortText.optional(),
        years: z.number().min(0).max(100).optional(),
      }),
    )
    .max(100)
    .optional(),
});

export type SkillCategory = z.output<typeof skillCategory>;
