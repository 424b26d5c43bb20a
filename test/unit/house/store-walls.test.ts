import { Linter } from 'eslint';
import { parser } from 'typescript-eslint';

const walls = jest.requireActual<Linter.Config>('../../../eslint.walls.cjs');

function refusals(text: string, filename = 'server/src/operations/example.ts'): string[] {
  const config: Linter.Config[] = [{ files: ['**/*.ts'], languageOptions: { parser } }, walls];
  return new Linter().verify(text, config, { filename }).map(({ message }) => message);
}

it.each([
  'store.write.run(sql);',
  'context.store.read;',
  "context.store['write'];",
  'const { write } = store;',
  'const { read: connection } = context.store;',
  "const { 'write': connection } = context.store;",
  'const { store: { write } } = context;',
  'function look({ store: { read } }: ServerContext) {}',
  'let read; ({ read } = context.store);',
])('whoever asks the store does not choose a connection: %s', (text) => {
  expect(refusals(text)).toEqual([
    'Which connection is asked is the business of the functions of store.',
  ]);
});

it.each([
  'sealer.open(sealed, context);',
  'context.store.sealer.seal(secret, context);',
  'const { open } = context.store.sealer;',
  'const { sealer: { seal } } = store;',
])('the store alone opens what is sealed: %s', (text) => {
  expect(refusals(text)).toEqual(['What is sealed is opened by the functions of store alone.']);
});

it.each([
  'const { store } = context;',
  'const { sealer } = context.store;',
  'openChallenge(context.store.sealer, endpoint);',
  'const { read } = file;',
  'response.write(text);',
])('all else passes: %s', (text) => {
  expect(refusals(text)).toEqual([]);
});

it.each(['bench', 'cli', 'destinations', 'server', 'worker'])(
  'they stand around %s',
  (workspace) => {
    expect(refusals('store.write.run(sql);', `${workspace}/src/example.ts`)).toHaveLength(1);
  },
);

it('within store its functions choose', () => {
  expect(refusals('store.write.run(sql);', 'store/src/sql.ts')).toEqual([]);
});
