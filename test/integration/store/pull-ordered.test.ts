import { pullHeld } from '@careerhooks/store';
import { createDatabase, type TestDatabase } from '../../support/databases';
import { attempt, MINUTE, publishAll, record, register } from './fixtures';

describe('an ordered backlog that several processes pull from, on PostgreSQL', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase('postgres');
  });
  afterAll(() => database.drop());

  it('gives one delivery at a time, in order, however many ask at once', async () => {
    const stores = [await database.open(), await database.open(), await database.open()];
    const [store] = stores as [(typeof stores)[0]];
    const endpoint = await register(store, { ordered: true });
    const names = Array.from({ length: 40 }, (_, index) => `ordered_${index}`);
    const published = await publishAll(store, names);
    const order: string[] = [];
    while (order.length < published.length) {
      const pulls = await Promise.all(
        [...stores, ...stores].map((other) =>
          pullHeld(other, {
            endpointId: endpoint.id,
            ordered: true,
            limit: 10,
            leaseUntil: Date.now() + MINUTE,
          }),
        ),
      );
      const ids = pulls.flat().map(({ id }) => id);
      expect(ids.length).toBeLessThanOrEqual(1);
      for (const id of ids) await record(store, attempt(id));
      order.push(...ids);
    }
    expect(order).toEqual(published);
  });
});
