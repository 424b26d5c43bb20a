import { spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { sampleDeliveries, system, type SampleDelivery } from '../../support/sample-deliveries';

/** What the Python verifier of a document, as printed, answers to each delivery. */
function verifyInPython(
  document: string,
  payload: 'bytes' | 'text' | 'json',
  deliveries: SampleDelivery[],
  header = 'X-Webhook-Signature',
  secret?: string,
): unknown[] {
  const cases = deliveries.map(({ body, headers, keys }) => ({
    body: body.toString('base64'),
    signature: headers[header],
    secret: secret ?? keys[0]!.secret,
  }));
  const run = join(__dirname, 'documents', 'run.py');
  const { status, stdout, stderr } = spawnSync('python3', ['-B', run, document, payload], {
    input: JSON.stringify(cases),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as unknown[];
}

describe.each([
  ['pathfinder', 'bytes'],
  ['resumebuilder', 'text'],
  ['proposals', 'text'],
] as const)("the Python verifier of %s's document, given %s", (key, payload) => {
  const { events, signature } = system(key);
  const deliveries = sampleDeliveries(system(key));
  const count = 2 * Object.keys(events).length;

  test('accepts every delivery', () => {
    const answers = verifyInPython(key, payload, deliveries, signature.header);
    expect(answers).toEqual(Array<boolean>(count).fill(true));
  });

  test('refuses every delivery under another secret', () => {
    const answers = verifyInPython(key, payload, deliveries, signature.header, 'another secret');
    expect(answers).toEqual(Array<boolean>(count).fill(false));
  });
});

describe('known differences of the documents', () => {
  test("RoleReady's Python verifier serialises with spaces and refuses compact bodies; over the raw body it accepts", () => {
    const deliveries = sampleDeliveries(system('roleready'));
    expect(verifyInPython('roleready', 'json', deliveries)).toEqual(deliveries.map(() => false));
    // The same computation over the bytes that arrived: Pathfinder's, with its prefix put on.
    const prefixed = deliveries.map((delivery) => ({
      ...delivery,
      headers: { signature: `sha256=${delivery.headers['X-Webhook-Signature']!}` },
    }));
    expect(verifyInPython('pathfinder', 'bytes', prefixed, 'signature')).toEqual(
      deliveries.map(() => true),
    );
  });

  test("RoleReady's Python verifier is computed right: it accepts a body written as Python writes it", () => {
    const [delivery] = sampleDeliveries(system('roleready'));
    const body = Buffer.from('{"event": "resume.parsed", "data": {"n": 1}}');
    const secret = delivery!.keys[0]!.secret;
    const signature = createHmac('sha256', secret).update(body).digest('hex');
    const spaced = { ...delivery!, body, headers: { 'X-Webhook-Signature': signature } };
    expect(verifyInPython('roleready', 'json', [spaced])).toEqual([true]);
  });

  test("the Proposal Generator's receiver passes bytes, which its own verifier cannot encode: it needs the text", () => {
    const deliveries = sampleDeliveries(system('proposals'));
    expect(verifyInPython('proposals', 'bytes', deliveries)).toEqual(
      deliveries.map(() => 'AttributeError'),
    );
  });
});
