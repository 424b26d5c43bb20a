import { z } from 'zod';
import { inWords, tellIssue } from '@careerhooks/systems';

/** What is wrong with a value, one sentence for each issue. */
function faultsOf(schema: z.ZodType, value: unknown): string[] {
  const { error } = schema.safeParse(value, { error: inWords });
  return (error?.issues ?? []).map(({ path, message }) =>
    tellIssue({ path: z.core.toDotPath(path), message }, 'The body'),
  );
}

test.each<[z.ZodType, unknown, string]>([
  [z.object({ id: z.string() }), {}, 'id is missing'],
  [z.object({ id: z.string() }), { id: 7 }, 'id must be text, not a number'],
  [z.object({ id: z.string() }), { id: null }, 'id must be text, not null'],
  [z.object({ id: z.string().min(1) }), { id: '' }, 'id must not be empty'],
  [z.object({ id: z.string().min(8) }), { id: 'a' }, 'id must have at least 8 characters'],
  [z.object({ id: z.string().max(1) }), { id: 'ab' }, 'id must have at most 1 character'],
  [z.object({ n: z.int() }), { n: 1.5 }, 'n must be a whole number, not a fraction'],
  [z.object({ n: z.number().int().min(1) }), { n: 0 }, 'n must be at least 1'],
  [z.object({ n: z.number().max(30) }), { n: 31 }, 'n must be at most 30'],
  [z.object({ n: z.number() }), { n: '1' }, 'n must be a number, not text'],
  [z.object({ ok: z.boolean() }), { ok: 'yes' }, 'ok must be true or false, not text'],
  [z.object({ all: z.array(z.string()).min(1) }), { all: [] }, 'all must not be empty'],
  [z.object({ all: z.array(z.string()) }), { all: {} }, 'all must be a list, not an object'],
  [z.object({ all: z.array(z.string()) }), { all: ['a', 1] }, 'all[1] must be text, not a number'],
  [
    z.object({ at: z.iso.datetime() }),
    { at: 'noon' },
    'at must be a time such as 2026-11-24T09:30:00Z',
  ],
  [z.object({ way: z.enum(['in', 'out']) }), { way: 'up' }, 'way must be one of in, out'],
  [z.object({ way: z.enum(['in', 'out']) }), {}, 'way is missing'],
  [z.strictObject({}), { tpye: 1 }, 'There is no field "tpye" here'],
  [z.object({}), [], 'The body must be an object, not a list'],
  [z.object({ id: z.string().min(1, 'must be your own') }), { id: '' }, 'id must be your own'],
  [z.object({ id: z.string().min(1, 'Choose one') }), { id: '' }, 'id: Choose one'],
])('%#: says what is wrong in words', (schema, value, fault) => {
  expect(faultsOf(schema, value)).toEqual([fault]);
});
