import { z } from 'zod';
import { levelOf, skill, skillInWords, skills } from '../sections/skills';
import { at } from './read-fields';
import { type Fields, isEmpty, isFields, plainText } from './read-values';
import type { Report } from './report';

/** What `readSkills` reads. */
export const SKILL_FIELDS = ['keywords', 'skills', 'own'];

type Skill = z.output<typeof skill>;

/**
 * The skills of a category: its keywords, each of them with the level and years that `skills` has for it,
 * where that says the same.
 *
 * @param fields what was read of the category; its level is left out where it is only derived.
 */
export function readSkills(object: Fields, fields: Fields, path: string, report: Report): Fields {
  const detailed = detailsOf(object.skills);
  const given = isEmpty(object.keywords) ? [] : object.keywords;
  const keywords: unknown[] = Array.isArray(given)
    ? given
    : (plainText(given) ?? '').split(/[\n,;]/).map((word) => word.trim());
  if (detailed === undefined) report.ignore(at(path, 'skills'), 'is no list of skills with names');
  const read =
    isEmpty(given) && detailed !== undefined
      ? detailed
      : keywords.flatMap((word, index) => {
          if (isEmpty(word)) return [];
          const known = taken(detailed, word);
          const wanted = known ?? (isFields(word) ? word : { name: plainText(word) ?? word });
          return report.fit(skill, wanted, `${path}.keywords[${index}]`) ?? [];
        });
  const list = report.fit(skills, read, at(path, 'keywords')) ?? [];
  const isOwn = Array.isArray(object.own) && object.own.includes('level');
  const derived = levelOf({ skills: list });
  return {
    ...(list.length > 0 && { skills: list }),
    ...(fields.level === derived && !isOwn && { level: undefined }),
  };
}

/** The first of `skills` that is `word` in words, which is taken out of them: two may have the same words. */
function taken(skills: Skill[] | undefined, word: unknown): Skill | undefined {
  const index = skills?.findIndex((entry) => skillInWords(entry) === word) ?? -1;
  return index < 0 ? undefined : skills?.splice(index, 1)[0];
}

/** Undefined where it is something else. */
function detailsOf(value: unknown): Skill[] | undefined {
  return isEmpty(value) ? [] : z.array(skill).safeParse(value).data;
}
