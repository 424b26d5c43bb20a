import { numbered } from '../../../../store/src/postgres/numbered';

it('gives each binding its number, in order', () => {
  expect(numbered('select ? where a = ? and b in (?, ?)')).toBe(
    'select $1 where a = $2 and b in ($3, $4)',
  );
  expect(numbered('select 1')).toBe('select 1');
});
