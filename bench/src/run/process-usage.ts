import { readdirSync, readFileSync } from 'node:fs';

/** What a process has used so far, from Linux' /proc. */
export interface ProcessUsage {
  cpuSeconds: number;
  residentMiB: number;
  /** The most that it ever had resident. */
  peakMiB: number;
}

/** In USER_HZ, which Linux has fixed at 100 for programs. */
const TICKS_PER_SECOND = 100;

/** CPU time and memory of a process; throws where there is none of this id. */
export function readProcessUsage(pid: number): ProcessUsage {
  const { fields } = readStat(pid);
  // See proc_pid_stat(5): 14 is utime and 15 stime, counted from 1 with pid and comm before `fields`.
  const ticks = Number(fields[11]) + Number(fields[12]);
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const memory = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? NaN) / 1024;
  return {
    cpuSeconds: ticks / TICKS_PER_SECOND,
    residentMiB: memory('VmRSS'),
    peakMiB: memory('VmHWM'),
  };
}

/** What several processes used together; their peaks need not have been at the same time. */
export function sumOfUsages(usages: readonly ProcessUsage[]): ProcessUsage {
  const sum = (part: keyof ProcessUsage): number =>
    usages.reduce((total, usage) => total + usage[part], 0);
  return {
    cpuSeconds: sum('cpuSeconds'),
    residentMiB: sum('residentMiB'),
    peakMiB: sum('peakMiB'),
  };
}

/** The child of `parent` whose command is called `command`, if there is one. */
export function findChild(parent: number, command: string): number | undefined {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0)
    .find((pid) => {
      try {
        const stat = readStat(pid);
        return Number(stat.fields[1]) === parent && stat.command.startsWith(command);
      } catch {
        // It has ended meanwhile.
        return false;
      }
    });
}

/** The command's name, which may hold spaces and parentheses, and the fields after it. */
function readStat(pid: number): { command: string; fields: string[] } {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const end = stat.lastIndexOf(')');
  return {
    command: stat.slice(stat.indexOf('(') + 1, end),
    fields: stat.slice(end + 2).split(' '),
  };
}
