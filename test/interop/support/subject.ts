import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { example } from '../../support/journey';
import { startTestReceiver, type TestReceiver } from '../../support/receiver';
import { CLIENTS } from './folders';
import { LATER_CODE, startLaterServer } from './later-server';
import { run } from './run';

/** What a program says it saw, in one line of JSON. */
interface Seen {
  /** Id of the endpoint that it registered. */
  endpoint: string;
  /** Ids of the event that it published alone, and of those in a batch. */
  published: string[];
  /** Ids of the endpoint's deliveries, page by page. */
  pages: string[][];
  /** The endpoint's description and rate limit after it was patched. */
  patched: { description: string | null; rate_limit: number };
  /** Whether the API said that the endpoint is deleted. */
  deleted: boolean;
  /** Problem codes: of asking for it again, and of publishing an event of an unknown type. */
  problems: string[];
}

/** A CareerHooks to generate clients for, with a receiver for what they register. */
export interface Subject {
  careerHooks: TestCareerHooks;
  receiver: TestReceiver;
  /**
   * Copies a program into a folder of its own, with the instance's OpenAPI document beside it.
   *
   * @param suffix tells apart several folders of one program.
   */
  folderFor(client: string, suffix?: string): Promise<string>;
  /**
   * Runs a compiled program against the instance, with a key of its own, and again against a later
   * version of it; what it saw is checked.
   */
  tryOut(command: string, args: readonly string[], cwd: string): Promise<void>;
  stop(): Promise<void>;
}

let users = 0;

export async function startSubject(): Promise<Subject> {
  const careerHooks = await startTestCareerHooks({ CAREERHOOKS_ALLOW_CIDRS: '127.0.0.0/8' });
  const later = await startLaterServer(careerHooks.url);
  const receiver = await startTestReceiver();
  const folder = await mkdtemp(join(tmpdir(), 'careerhooks-interop-'));
  const document = await fetch(`${careerHooks.url}/openapi.json`).then((answer) => answer.text());

  return {
    careerHooks,
    receiver,
    async folderFor(client, suffix = '') {
      const own = join(folder, client + suffix);
      await cp(join(CLIENTS, client), own, { recursive: true });
      await writeFile(join(own, 'openapi.json'), document);
      return own;
    },
    async tryOut(command, args, cwd) {
      for (const [url, code] of [
        [careerHooks.url, 'unknown_event_type'],
        [later.url, LATER_CODE],
      ] as const) {
        const user = `client_${++users}`;
        const token = await careerHooks.key({ system: 'roleready', user });
        const env = {
          CAREERHOOKS_URL: url,
          CAREERHOOKS_TOKEN: token,
          RECEIVER_URL: `${receiver.url}/${user}`,
          EVENT_DATA: JSON.stringify(example('roleready', 'resume.parsed').data),
        };
        const seen = JSON.parse(await run(command, args, { cwd, env })) as Seen;
        await check(seen, careerHooks, token);
        expect(seen.problems).toEqual(['not_found', code]);
      }
    },
    async stop() {
      await later.stop();
      await careerHooks.stop();
      await receiver.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Holds what a program saw against what the instance itself says, asked without any client. */
async function check(seen: Seen, careerHooks: TestCareerHooks, token: string): Promise<void> {
  const ask = (path: string) => careerHooks.call('GET', path, undefined, { token });
  const { body: events } = await ask('/v1/events');
  expect(ids(events)).toEqual([...seen.published].sort());
  expect(seen.published).toHaveLength(5);

  const { body: deliveries } = await ask(`/v1/deliveries?endpoint=${seen.endpoint}`);
  expect(ids(deliveries)).toEqual(seen.pages.flat().sort());
  expect(seen.pages.map((page) => page.length)).toEqual([2, 2, 1]);

  expect(seen.patched).toEqual({ description: null, rate_limit: 50 });
  expect(seen.deleted).toBe(true);
  expect((await ask(`/v1/endpoints/${seen.endpoint}`)).status).toBe(404);
}

function ids({ data }: { data: { id: string }[] }): string[] {
  return data.map(({ id }) => id).sort();
}
