import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { carry } from '../measures/carry';
import { registerUsers } from '../run/endpoint';
import { startPostgres } from '../run/start-postgres';
import { startTemporal } from '../run/start-temporal';
import { type Bench, type Measured, peakOf, type Scenario } from './scenario';

const CLIENTS = 64;

export const processes: Scenario = {
  name: 'processes',
  about: `two processes on one PostgreSQL and one Temporal against one (${CLIENTS} clients)`,
  async measure(bench) {
    const measured: Measured[] = [];
    for (const count of [1, 2]) measured.push(await measureProcesses(bench, count));
    return measured;
  },
};

async function measureProcesses(bench: Bench, count: number): Promise<Measured> {
  const dataDir = mkdtempSync(join(tmpdir(), 'careerhooks-bench-temporal-'));
  const postgres = await startPostgres();
  try {
    const temporal = await startTemporal(dataDir);
    try {
      const measured: Measured = {
        name: `deliveries, ${count} ${count === 1 ? 'process' : 'processes'} on PostgreSQL`,
      };
      await bench.run(
        async (careerhooks) => {
          bench.progress(measured.name);
          const users = await registerUsers(careerhooks, bench.receiver.url, 1);
          const { perSecond: limitPerSecond } = await bench.limit(CLIENTS);
          const { events } = bench;
          const carried = await carry(careerhooks, bench.receiver, {
            clients: CLIENTS,
            events,
            users,
          });
          Object.assign(measured, { limitPerSecond, ...carried });
          measured.peakMiB = peakOf(careerhooks.usage());
        },
        { databaseUrl: postgres.url, temporal, processes: count },
      );
      return measured;
    } finally {
      await temporal.stop();
    }
  } finally {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
