import { setTimeout as sleep } from 'node:timers/promises';
import { claimDeliveries, pullHeld, repairDueTimes } from '@careerhooks/store';
import { createDatabase, DATABASES } from '../../support/databases';
import { HOUR, MINUTE, publish, publishAll, register } from './fixtures';

afterEach(() => jest.restoreAllMocks());

describe.each(DATABASES)('deliveries that nobody would take in time, on %s', (name) => {
  it('takes what was accepted before the clock was set back by hours', async () => {
    const database = await createDatabase(name);
    const store = await database.open();
    await register(store);
    const now = Date.now();
    const clock = jest.spyOn(Date, 'now').mockReturnValue(now + 2 * HOUR);
    await publish(store);
    clock.mockReturnValue(now);
    const claim = { limit: 10, leaseUntil: now + 2 * MINUTE };
    expect(await claimDeliveries(store, claim)).toHaveLength(0);
    await repairDueTimes(store);
    clock.mockReturnValue(now + MINUTE);
    expect(await claimDeliveries(store, claim)).toHaveLength(1);
    await database.drop();
  });

  it('leaves alone what waits for a time that it was told', async () => {
    const database = await createDatabase(name);
    const store = await database.open();
    await register(store);
    await publish(store);
    const leaseUntil = Date.now() + 2 * HOUR;
    expect(await claimDeliveries(store, { limit: 10, leaseUntil })).toHaveLength(1);
    expect(await repairDueTimes(store)).toEqual([]);
    jest.spyOn(Date, 'now').mockReturnValue(Date.now() + HOUR);
    expect(await claimDeliveries(store, { limit: 10, leaseUntil })).toHaveLength(0);
    await database.drop();
  });
});

it('never passes over the oldest delivery of an ordered endpoint, while somebody else looks at it', async () => {
  const database = await createDatabase('postgres');
  const [store, other] = [await database.open(), await database.open()];
  const endpoint = await register(store, { ordered: true });
  const [oldest] = await publishAll(store, ['first', 'second']);
  const pull = {
    endpointId: endpoint.id,
    limit: 1,
    ordered: true,
    leaseUntil: Date.now() + MINUTE,
  };
  const pulled = await store.write.transaction(async (transaction) => {
    await transaction.run('select 1 from deliveries where id = ? for update', [oldest!]);
    const pulling = Promise.all([pullHeld(other, pull), pullHeld(other, pull)]);
    await sleep(300);
    return { pulling };
  });
  expect((await pulled.pulling).flat().map(({ id }) => id)).toEqual([oldest]);
  await database.drop();
});
