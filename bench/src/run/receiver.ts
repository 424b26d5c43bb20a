import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Arrival, ReceiverReport, ReceiverRequest } from './receiver-messages';

/** A receiver in a child process. */
export interface Receiver {
  /** Answers 200 at once; so does any path below it, as an endpoint of its own. */
  url: string;
  /** Answers 500 at once; nothing that comes here is counted. */
  failingUrl: string;
  /** Answers 500 to every other request; nothing that comes here is counted. */
  waveringUrl: string;
  /** Takes requests and never answers; nothing that comes here is counted. */
  hangingUrl: string;
  /** Counts from now on, and resolves `done` once `count` deliveries have come, none counted twice. */
  collect(count: number): Promise<{ done: Promise<Collected> }>;
  stop(): void;
}

interface Collected {
  arrivals: Arrival[];
  duplicates: number;
}

/** How long deliveries may stay away, in milliseconds. */
const PATIENCE_MS = 600_000;

export async function startReceiver(): Promise<Receiver> {
  const child = fork(join(__dirname, 'receiver-process.js'));
  const ask = (request: ReceiverRequest): void => void child.send(request);
  const { port } = await nextReport(child, 'listening');
  return {
    url: `http://127.0.0.1:${port}/hook`,
    failingUrl: `http://127.0.0.1:${port}/fail`,
    waveringUrl: `http://127.0.0.1:${port}/waver`,
    hangingUrl: `http://127.0.0.1:${port}/hang`,
    async collect(count) {
      const done = nextReport(child, 'collected');
      // Whoever publishes for it may fail first.
      done.catch(() => undefined);
      const collecting = nextReport(child, 'collecting');
      ask({ ask: 'collect', count });
      await collecting;
      return { done };
    },
    stop: () => ask({ ask: 'stop' }),
  };
}

function nextReport<Kind extends ReceiverReport['tell']>(
  child: ChildProcess,
  kind: Kind,
): Promise<Extract<ReceiverReport, { tell: Kind }>> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(patience);
      child.off('message', onMessage);
      child.off('exit', onExit);
    };
    const onExit = (): void => {
      stop();
      reject(new Error('The receiver ended.'));
    };
    const onMessage = (report: ReceiverReport): void => {
      if (report.tell !== kind) return;
      stop();
      resolve(report as Extract<ReceiverReport, { tell: Kind }>);
    };
    const patience = setTimeout(() => {
      stop();
      reject(new Error(`The receiver did not report "${kind}".`));
    }, PATIENCE_MS);
    child.on('message', onMessage);
    child.on('exit', onExit);
  });
}
