import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { now } from './clock';
import type { Arrival, ReceiverReport, ReceiverRequest } from './receiver-messages';
import { MARK } from './sample-event';

/** The receiver: a process of its own, so that it shares no event loop with what is measured. */
let arrivals = new Map<string, Arrival>();
let duplicates = 0;
let wanted = Infinity;
let wavers = false;

const tell = (report: ReceiverReport): void => void process.send?.(report);

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const path = request.url ?? '';
    if (path.startsWith('/hang')) return;
    if (path.startsWith('/fail')) response.statusCode = 500;
    else if (path.startsWith('/waver')) response.statusCode = waver();
    else note(path, Buffer.concat(chunks).toString('latin1'));
    response.end('OK');
  });
});

function waver(): number {
  wavers = !wavers;
  return wavers ? 500 : 200;
}

function note(path: string, body: string): void {
  const mark = MARK.exec(body)?.[1];
  if (mark === undefined) return;
  const delivery = `${mark} ${path}`;
  if (arrivals.has(delivery)) duplicates += 1;
  else arrivals.set(delivery, { mark, at: now() });
  if (arrivals.size < wanted) return;
  wanted = Infinity;
  tell({ tell: 'collected', arrivals: [...arrivals.values()], duplicates });
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
