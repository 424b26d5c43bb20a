import { Worker } from 'node:worker_threads';
import { listenHttp } from '../../../../cli/src/start/listen-http';

const WORK_MS = 4;

/** Connects every two milliseconds, 80 times, and says what became of each; in a thread of its own. */
const CLIENT = `
const { request } = require('node:http');
const { parentPort, workerData } = require('node:worker_threads');
let left = 80;
const ask = () => {
  const sent = request(workerData, { agent: false, method: 'POST' }, (answer) => {
    answer.resume().on('end', () => parentPort.postMessage('answered'));
  });
  sent.on('error', ({ code }) => parentPort.postMessage(code)).end('{}');
  if ((left -= 1) > 0) setTimeout(ask, 2);
};
ask();
`;

test('whoever connects to a server that is behind when it stops is answered, not reset', async () => {
  const leaving = new AbortController();
  let asked = 0;
  let stopped: Promise<void> | undefined;
  const server = await listenHttp(
    (_, response) => {
      asked += 1;
      // While it is at this, others connect and wait.
      const until = performance.now() + WORK_MS;
      while (performance.now() < until);
      response.end();
      if (asked === 20) {
        leaving.abort();
        stopped = server.stop();
      }
    },
    '127.0.0.1',
    0,
    { setting: 'PORT', leaving: leaving.signal },
  );
  const outcomes: string[] = [];
  const client = new Worker(CLIENT, { eval: true, workerData: server.url });
  client.on('message', (outcome: string) => outcomes.push(outcome));
  await new Promise((resolve) => client.once('exit', resolve));
  await stopped;
  expect(outcomes).toHaveLength(80);
  expect(outcomes.filter((outcome) => !['answered', 'ECONNREFUSED'].includes(outcome))).toEqual([]);
});
