import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { now } from './clock';
import type { ReceiverReport, ReceiverRequest } from './receiver-messages';
import { MARK } from './sample-event';

/** The receiver: a process of its own, so that it shares no event loop with what is measured. */
let arrivals = new Map<string, number>();
let duplicates = 0;
let wanted = Infinity;

const tell = (report: ReceiverReport): void => void process.send?.(report);

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    note(Buffer.concat(chunks).toString('latin1'));
    response.end('OK');
  });
});

function note(body: string): void {
  const mark = MARK.exec(body)?.[1];
  if (mark === undefined) return;
  if (arrivals.has(mark)) duplicates += 1;
  else arrivals.set(mark, now());
  if (arrivals.size < wanted) return;
  wanted = Infinity;
  tell({ tell: 'collected', arrivals: [...arrivals], duplicates });
}

process.on('message', (message: ReceiverRequest) => {
  if (message.ask === 'stop') process.exit();
  arrivals = new Map();
  duplicates = 0;
  wanted = message.count;
  tell({ tell: 'collecting' });
});
process.on('disconnect', () => process.exit());

server.listen(0, '127.0.0.1', () =>
  tell({ tell: 'listening', port: (server.address() as AddressInfo).port }),
);
