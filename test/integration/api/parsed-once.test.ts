import { systems } from '@careerhooks/systems';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { example, startJourney } from '../../support/journey';
import { waitUntil } from '../../support/wait-until';

let careerHooks: TestCareerHooks;
beforeAll(async () => {
  careerHooks = await startTestCareerHooks();
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => careerHooks.stop());

/** Counts, from now on, what is read from texts that have this member, and what is written with it. */
function countJson(member: string): { parsed: number; serialised: number } {
  const counts = { parsed: 0, serialised: 0 };
  const { parse, stringify } = JSON;
  jest.spyOn(JSON, 'parse').mockImplementation((text, reviver) => {
    const isReceivers = () => new Error().stack?.includes('support/receiver') === true;
    if (text.replaceAll(' ', '').includes(member) && !isReceivers()) counts.parsed += 1;
    return parse(text, reviver) as unknown;
  });
  jest.spyOn(JSON, 'stringify').mockImplementation((...value: Parameters<typeof stringify>) => {
    const text = stringify(...value) as string | undefined;
    // Where a text is itself put into JSON, its quotes are escaped.
    if (text?.includes(member) === true) counts.serialised += 1;
    return text as string;
  });
  return counts;
}

const spellings = [
  ['as JSON.stringify writes it', (json: string) => json],
  ['with blanks, as Python writes it', (json: string) => json.replaceAll('":', '": ')],
  ['so large that its size is looked at', (json: string) => json.replace('…', '…'.repeat(1e5))],
] as const;

describe.each([...systems.keys()])('%s: the data of one event', (system) => {
  test.each(spellings)(
    'is parsed once and serialised once, for two endpoints and three attempts, %s',
    async (_, spell) => {
      const journey = await startJourney(careerHooks, system);
      const { url } = journey.receiver;
      await journey.register({ verify: false });
      await journey.register({ verify: false, url: `${url}?second` });
      journey.receiver.answer = (_request, index) => ({ status: index === 0 ? 500 : 200 });
      const [type = ''] = Object.keys(systems.get(system)!.events);
      const { data, ...rest } = example(system, type);
      const marked = { ...(data as object), mark: 'once', filler: '…' };
      const raw = spell(JSON.stringify({ type, data: marked, ...rest }));

      const counts = countJson('"mark":"once"');
      const { status, body } = await journey.call('POST', '/v1/events', undefined, { raw });
      expect(status).toBe(202);
      await journey.receiver.waitFor(2);
      const failed = await waitUntil(
        () => journey.call('GET', `/v1/deliveries?status=retrying&event=${String(body.id)}`),
        (found) => found.body.data.length === 1,
      );
      await journey.call('POST', `/v1/deliveries/${String(failed.body.data[0].id)}/retry`);
      const arrived = await journey.receiver.waitFor(3);

      expect(counts).toEqual({ parsed: 1, serialised: 1 });
      for (const each of arrived) expect(each.body.toString()).toContain('"mark":"once"');
    },
  );
});
