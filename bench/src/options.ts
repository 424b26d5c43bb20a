import { parseArgs } from 'node:util';

/** What `npm run bench -- …` was asked for. */
export interface Options {
  /** How many events the end-to-end measurement publishes. */
  events: number;
  /** How long each timed measurement lasts, in seconds. */
  seconds: number;
  /** Where the JSON goes; undefined: into bench/results, named after the time. */
  jsonPath: string | undefined;
}

const USAGE = `npm run bench -- [--events 2000] [--seconds 5] [--quick] [--json path]

  --events   how many events are published end to end
  --seconds  how long each timed measurement lasts
  --quick    200 events and 1 second: to see that it runs, not for figures
  --json     where the figures go (bench/results/<date>.json)`;

/** Reads the command line; throws an Error that explains what is wrong, and shows the usage. */
export function readOptions(args: string[]): Options {
  try {
    const { values } = parseArgs({
      args,
      options: {
        events: { type: 'string' },
        seconds: { type: 'string' },
        quick: { type: 'boolean', default: false },
        json: { type: 'string' },
      },
    });
    return {
      events: whole('--events', values.events ?? (values.quick ? '200' : '2000')),
      seconds: whole('--seconds', values.seconds ?? (values.quick ? '1' : '5')),
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
