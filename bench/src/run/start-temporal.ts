import { findTemporalCli, startDevServer } from '@careerhooks/temporal';
import { freePorts } from './free-ports';

const log = { debug: silent, info: silent, warn: silent, error: silent };

/** A Temporal that several processes share. */
export async function startTemporal(
  dataDir: string,
): Promise<{ address: string; pid: number; stop(): Promise<void> }> {
  const cli = await findTemporalCli({ env: process.env, report: silent });
  const [port, uiPort] = await freePorts(2);
  const server = await startDevServer({ cli, dataDir, port, uiPort, log });
  await server.ready;
  return { address: server.address, pid: server.pid() ?? 0, stop: () => server.stop() };
}

function silent(): void {
  // What it says is not asked for.
}
