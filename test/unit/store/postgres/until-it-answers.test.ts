import { DatabaseUnavailable, type Outage } from '@careerhooks/store';
import { untilItAnswers } from '../../../../store/src/postgres/until-it-answers';

const unavailable = (outage: Outage, cause?: Error & { code?: string }): DatabaseUnavailable =>
  new DatabaseUnavailable(outage, 'PostgreSQL: not now', { cause });

/** Fails with `error` the first time. */
function failingOnce(error: Error): { ask: () => Promise<void>; asked: () => number } {
  let asked = 0;
  return {
    ask() {
      asked += 1;
      return asked === 1 ? Promise.reject(error) : Promise.resolve();
    },
    asked: () => asked,
  };
}

it.each([
  ['says nothing in time', unavailable('hangs')],
  ['does not take the connection in time', unavailable('away', new Error('timeout expired'))],
  [
    'is starting up',
    unavailable('away', Object.assign(new Error('starting up'), { code: '57P03' })),
  ],
])('asks again where the server %s', async (_, error) => {
  const { ask, asked } = failingOnce(error);
  await untilItAnswers(ask);
  expect(asked()).toBe(2);
});

it.each([
  ['nobody listens', unavailable('away', Object.assign(new Error(), { code: 'ECONNREFUSED' }))],
  ['it is a standby', unavailable('read_only')],
  ['the answer is about something else', new Error('password authentication failed')],
])('throws at once where %s', async (_, error) => {
  const { ask, asked } = failingOnce(error);
  await expect(untilItAnswers(ask)).rejects.toBe(error);
  expect(asked()).toBe(1);
});
