import type { Figure } from '../measure';

/** What is aimed at, and whether this run got there. */
export interface Target {
  name: string;
  aim: string;
  figure: string;
  met: boolean;
}

type Judge = (find: (name: string) => Figure | undefined) => Omit<Target, 'name'> | undefined;

/** Targets by name; undefined where the run did not measure it. */
const TARGETS: Readonly<Record<string, Judge>> = {
  'deliveries, 16 clients': rate('deliveries, 16 clients', { perSecond: 1_000, ofLimit: 0.14 }),
  'deliveries, 64 clients': rate('deliveries, 64 clients', { perSecond: 1_400, ofLimit: 0.2 }),
  'CPU for 1,000 deliveries, Temporal included': (find) => {
    const cpu = find('deliveries, 16 clients')?.cpuSecondsPer1000;
    return cpu && atMost(cpu.careerhooks + cpu.temporal, 0.8, 's', 2);
  },
  'accepting, 16 clients, p50': (find) => {
    const accept = find('events accepted, 16 clients')?.acceptMs;
    return accept && atMost(accept.p50, 10, 'ms');
  },
  'accepted to received at 10/s, p50': idle(10, 'p50', 1),
  'accepted to received at 10/s, p99': idle(10, 'p99', 10),
  'accepted to received at 20/s, p50': idle(20, 'p50', 1),
  'accepted to received at 20/s, p99': idle(20, 'p99', 10),
  'peak memory of our process, 16 to 128 clients': (find) => {
    const peak = find('deliveries, 128 clients')?.peakMiB;
    return peak && atMost(peak.careerhooks, 350, 'MiB', 0);
  },
  'peak memory of our process, 100,000 held': (find) => {
    const peak = find('100,000 deliveries held, 500 events in each POST')?.peakMiB;
    return peak && atMost(peak.careerhooks, 350, 'MiB', 0);
  },
  "others' p99, one hanging and one dead": neighbours('with one hanging, one dead'),
  'open workflows, 10 % failing and 1 % hanging': workflows('with 10 % failing, 1 % hanging'),
  'open workflows, one hanging and one dead': workflows('with one hanging, one dead'),
  'cost of a delivery beside 1,000,000 against 10,000': (find) => {
    const [few, many] = ['10,000', '1,000,000'].map((count) => {
      const cpu = find(`deliveries, ${count} in the database`)?.cpuSecondsPer1000;
      return cpu && cpu.careerhooks + cpu.temporal;
    });
    return few === undefined || many === undefined
      ? undefined
      : atMost(many / few, 1.3, 'times', 2);
  },
};

/** Compares the figures with what is aimed at; leaves out what was not measured. */
export function judge(figures: readonly Figure[]): Target[] {
  const find = (name: string): Figure | undefined => figures.find((figure) => figure.name === name);
  return Object.entries(TARGETS).flatMap(([name, judgement]) => {
    const outcome = judgement(find);
    return outcome === undefined ? [] : [{ name, ...outcome }];
  });
}

function atMost(value: number, most: number, unit: string, digits = 1): Omit<Target, 'name'> {
  return {
    aim: `≤ ${most} ${unit}`,
    figure: `${value.toFixed(digits)} ${unit}`,
    met: value <= most,
  };
}

/** So many a second, or that share of the limit, whichever is less. */
function rate(name: string, least: { perSecond: number; ofLimit: number }): Judge {
  return (find) => {
    const { perSecond, limitPerSecond } = find(name) ?? {};
    if (perSecond === undefined || limitPerSecond === undefined) return undefined;
    const wanted = Math.min(least.perSecond, least.ofLimit * limitPerSecond);
    return {
      aim: `≥ ${least.perSecond.toLocaleString('en')}/s or ${Math.round(least.ofLimit * 100)} % of the limit`,
      figure: `${Math.round(perSecond).toLocaleString('en')}/s, ${((perSecond / limitPerSecond) * 100).toFixed(1)} %`,
      met: perSecond >= wanted,
    };
  };
}

function idle(perSecond: number, part: 'p50' | 'p99', most: number): Judge {
  return (find) => {
    const received = find(`at ${perSecond} events a second`)?.receivedMs;
    return received && atMost(received[part], most, 'ms');
  };
}

function neighbours(name: string): Judge {
  return (find) => {
    const ill = find(name)?.receivedMs;
    const well = find(`the same load as ${name}, all well`)?.receivedMs;
    if (ill === undefined || well === undefined) return undefined;
    return {
      aim: '≤ 2 times that without',
      figure: `${ill.p99.toFixed(1)} against ${well.p99.toFixed(1)} ms`,
      met: ill.p99 <= 2 * well.p99,
    };
  };
}

function workflows(name: string): Judge {
  return (find) => {
    const open = find(name)?.openWorkflows;
    return open === undefined ? undefined : { aim: '< 500', figure: String(open), met: open < 500 };
  };
}
