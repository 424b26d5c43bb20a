import { z } from 'zod';
import { clearable, itemId, name, shortText, title } from './fields';

/** One of a category. */
export const skill = z.strictObject({
  name,
  level: clearable(shortText),
  years: clearable(z.number().min(0).max(100)),
});

export const skills = z.array(skill).max(200);

/** A category of skills, which is the section's item. */
export const skillCategory = z.strictObject({
  id: itemId,
  category: title,
  /** Of the category as a whole. */
  level: clearable(shortText),
  skills: clearable(skills),
});

export type SkillCategory = z.output<typeof skillCategory>;

type Skill = z.output<typeof skill>;

/** The level of a category: its own, or the one that most of its skills have. */
export function levelOf({
  level,
  skills: entries = [],
}: Pick<SkillCategory, 'level' | 'skills'>): string | undefined {
  if (level !== undefined) return level;
  const levels = entries.flatMap((entry) => entry.level ?? []);
  const count = (wanted: string): number => levels.filter((name) => name === wanted).length;
  return levels.reduce<string | undefined>(
    (most, name) => (most === undefined || count(name) > count(most) ? name : most),
    undefined,
  );
}

/** `Blender (Expert, 6 years)` */
export function skillInWords({ name: skillName, level, years }: Skill): string {
  const time = years === undefined ? undefined : `${years} ${years === 1 ? 'year' : 'years'}`;
  const details = [level, time].filter((detail) => detail !== undefined);
  return details.length === 0 ? skillName : `${skillName} (${details.join(', ')})`;
}
