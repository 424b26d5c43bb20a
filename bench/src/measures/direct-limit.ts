import { createHmac } from 'node:crypto';
import { runClients } from '../run/clients';
import { now } from '../run/clock';
import { type Distribution, distributionOf } from '../run/distribution';
import { createPoster } from '../run/poster';
import type { Receiver } from '../run/receiver';
import { sampleEvent } from '../run/sample-event';

/** What a loop without an engine does: sign, POST, wait for the answer, and again. */
export interface DirectLimit {
  perSecond: number;
  latencyMs: Distribution;
  cpuSecondsPer1000: number;
}

const SECRET = 'a-secret-of-the-benchmark-only';

export async function measureDirectLimit(
  receiver: Receiver,
  { clients, events }: { clients: number; events: number },
): Promise<DirectLimit> {
  const poster = createPoster();
  await poster.connect(receiver.url, clients);
  const durations: number[] = [];
  let left = events;
  const startedAt = now();
  const cpuBefore = process.cpuUsage();
  await runClients(clients, async () => {
    if (left === 0) return false;
    left -= 1;
    const sentAt = now();
    const body = sampleEvent('limit', `limit-${left}`);
    const signature = createHmac('sha256', SECRET).update(body).digest('hex');
    const status = await poster.post(receiver.url, { 'x-webhook-signature': signature }, body);
    if (status !== 200) throw new Error(`The receiver answered ${status}.`);
    durations.push(now() - sentAt);
    return true;
  });
  const elapsedMs = now() - startedAt;
  const { user, system } = process.cpuUsage(cpuBefore);
  poster.close();
  return {
    perSecond: (events / elapsedMs) * 1000,
    latencyMs: distributionOf(durations),
    cpuSecondsPer1000: (user + system) / 1000 / events,
  };
}
