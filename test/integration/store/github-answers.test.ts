import {
  findGitHubAnswer,
  keepGitHubAnswer,
  purgeGitHubAnswers,
  type Store,
} from '@careerhooks/store';
import { createDatabase, DATABASES, type TestDatabase } from '../../support/databases';

describe.each(DATABASES)('answers of GitHub on %s', (name) => {
  let database: TestDatabase;
  let store: Store;

  beforeEach(async () => {
    database = await createDatabase(name);
    store = await database.open();
  });
  afterEach(() => database.drop());

  const answer = { etag: 'W/"1"', answer: '{"stars":1}', readAt: 1_700_000_000_000 };

  test('the newest of a URL is kept, for one scope', async () => {
    await keepGitHubAnswer(store, 'mine', '/a', { ...answer, etag: null });
    await keepGitHubAnswer(store, 'mine', '/a', answer);
    expect(await findGitHubAnswer(store, 'mine', '/a')).toEqual(answer);
    expect(await findGitHubAnswer(store, 'mine', '/b')).toBeUndefined();
    expect(await findGitHubAnswer(store, 'theirs', '/a')).toBeUndefined();
  });

  test('those that no sync has asked for are purged', async () => {
    await keepGitHubAnswer(store, 'mine', '/old', answer);
    await keepGitHubAnswer(store, 'mine', '/new', { ...answer, readAt: answer.readAt + 1 });
    expect(await purgeGitHubAnswers(store, answer.readAt + 1)).toBe(1);
    expect(await findGitHubAnswer(store, 'mine', '/old')).toBeUndefined();
    expect(await findGitHubAnswer(store, 'mine', '/new')).toBeDefined();
  });
});
