import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { now } from './clock';
import { distributionOf } from './distribution';

/** What figures depend on, and cannot be compared without. */
export interface Machine {
  cores: number;
  cpu: string;
  memoryGiB: number;
  node: string;
  platform: string;
  /** Median of a synced 4 KiB write in the folder for temporary files, in milliseconds. */
  syncMs: number;
  /** Load average of the minute before: above 0.5, others were at work. */
  load: number;
}

const SYNCS = 50;

export function readMachine(): Machine {
  const all = cpus();
  return {
    cores: all.length,
    cpu: all[0]?.model.trim() ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    syncMs: measureSync(),
    load: loadavg()[0] ?? NaN,
  };
}

function measureSync(): number {
  const path = join(tmpdir(), `careerhooks-bench-${process.pid}`);
  const file = openSync(path, 'w');
  const block = Buffer.alloc(4096);
  const durations = Array.from({ length: SYNCS }, () => {
    const startedAt = now();
    writeSync(file, block);
    fsyncSync(file);
    return now() - startedAt;
  });
  closeSync(file);
  rmSync(path);
  return distributionOf(durations).p50;
}
