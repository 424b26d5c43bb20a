import { createHmac } from 'node:crypto';
import { runClients } from './clients';
import { now } from './clock';
import { type Distribution, distributionOf } from './distribution';
import { createPoster } from './poster';
import type { Receiver } from './receiver';
import { sampleEvent } from './sample-event';

/** What a loop without an engine does: sign, POST, wait for the answer, and again. */
export interface DirectLimit {
  clients: number;
  perSecond: number;
  latencyMs: Distribution;
  cpuSecondsPer1000: number;
}

const SECRET = 'a-secret-of-the-benchmark-only';

export async function measureDirectLimit(
  receiver: Receiver,
  { clients, seconds }: { clients: number; seconds: number },
): Promise<DirectLimit> {
  const poster = createPoster();
  const durations: number[] = [];
  const startedAt = now();
  const cpuBefore = process.cpuUsage();
  await runClients(clients, async () => {
    const sentAt = now();
    const body = sampleEvent('limit', `limit-${durations.length}`);
    const signature = createHmac('sha256', SECRET).update(body).digest('hex');
    const status = await poster.post(receiver.url, { 'x-webhook-signature': signature }, body);
    if (status !== 200) throw new Error(`The receiver answered ${status}.`);
    durations.push(now() - sentAt);
    return now() - startedAt < seconds * 1000;
  });
  const elapsedMs = now() - startedAt;
  const { user, system } = process.cpuUsage(cpuBefore);
  poster.close();
  return {
    clients,
    perSecond: (durations.length / elapsedMs) * 1000,
    latencyMs: distributionOf(durations),
    cpuSecondsPer1000: (user + system) / 1000 / durations.length,
  };
}
