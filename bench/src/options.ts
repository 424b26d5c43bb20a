import { parseArgs } from 'node:util';

/** What `npm run bench -- …` was asked for. */
export interface Options {
  /** How many events each measurement publishes as fast as they go. */
  events: number;
  /** How long each timed measurement lasts, in seconds. */
  seconds: number;
  /** How many deliveries wait, or stand in the database already. */
  many: { held: number; pastFew: number; pastMany: number };
  /** Names of scenarios; empty for all. */
  only: string[];
  /** Whether to tell the scenarios' names, and measure nothing. */
  list: boolean;
  /** Whether the figures go into docs/performance.md, and their charts beside it. */
  docs: boolean;
  /** Where the JSON goes; undefined: into bench/results, named after the time. */
  jsonPath: string | undefined;
}

const USAGE = `npm run bench -- [--only name,…] [--events 6000] [--seconds 5] [--quick] [--docs] [--json path]
npm run bench -- --list

  --only     measures these scenarios alone
  --list     tells their names
  --events   how many events each measurement publishes as fast as they go
  --seconds  how long timed measurements last; some take two or three times that
  --quick    few of everything: to see that it runs, not for figures
  --docs     writes the figures and their charts into docs/performance.md, too
  --json     where the figures go (bench/results/<date>.json)`;

const MANY = { held: 100_000, pastFew: 10_000, pastMany: 1_000_000 };
const FEW = { held: 2_000, pastFew: 1_000, pastMany: 10_000 };

/** Reads the command line; throws an Error that explains what is wrong, and shows the usage. */
export function readOptions(args: string[]): Options {
  try {
    const { values } = parseArgs({
      args,
      options: {
        events: { type: 'string' },
        seconds: { type: 'string' },
        quick: { type: 'boolean', default: false },
        only: { type: 'string', multiple: true, default: [] },
        list: { type: 'boolean', default: false },
        docs: { type: 'boolean', default: false },
        json: { type: 'string' },
      },
    });
    return {
      events: whole('--events', values.events ?? (values.quick ? '200' : '6000')),
      seconds: whole('--seconds', values.seconds ?? (values.quick ? '1' : '5')),
      many: values.quick ? FEW : MANY,
      only: values.only.flatMap((names) => names.split(',')),
      list: values.list,
      docs: values.docs,
      jsonPath: values.json,
    };
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`, {
      cause: error,
    });
  }
}

function whole(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new Error(`${name} must be a whole number above 0.`);
}
