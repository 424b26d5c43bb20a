import type { INodeExecutionData, NodeOperationError } from 'n8n-workflow';
import { CareerHooks } from '../../../nodes/CareerHooks/CareerHooks.node';
import { FakeN8n } from '../../support/fake-n8n';

const node = new CareerHooks();

const item = (json: Record<string, unknown>): INodeExecutionData => ({
  json: json as INodeExecutionData['json'],
  binary: { file: { data: 'eA==', mimeType: 'text/plain' } },
});

/** Runs an operation of deliveries in execution 7; `answers` are those of CareerHooks, one for each item. */
async function run(
  parameters: Record<string, unknown>,
  given: { items: INodeExecutionData[]; answers: unknown[]; mode?: string },
): Promise<{ n8n: FakeN8n; rows: INodeExecutionData[] }> {
  const answers = given.answers.values();
  const n8n = new FakeN8n({
    parameters: { resource: 'delivery', deliveryId: { mode: 'id', value: 'd1' }, ...parameters },
    items: given.items,
    answer: () => answers.next().value,
    mode: given.mode ?? 'webhook',
    executionId: '7',
  });
  const [rows] = await node.execute.call(n8n.context);
  return { n8n, rows: rows! };
}

const GRANTED = { granted: true, reason: null, outcome: { claimant: 'n8n execution 7' } };
const DONE = { granted: false, reason: 'done', outcome: { claimant: 'n8n execution 3' } };
const HELD = { granted: false, reason: 'in_progress', outcome: { claimant: 'n8n execution 3' } };

const RECORDED = { recorded: true, outcome: { status: 'done', claimant: 'n8n execution 7' } };

describe('Skip If Done', () => {
  const skip = { operation: 'skipIfDone' };

  it('lets items pass as they are, and drops those that are done', async () => {
    const items = [item({ id: 'a', attempt: 2 }), item({ id: 'b' }), item({ id: 'c' })];
    const { rows } = await run(skip, { items, answers: [GRANTED, DONE, GRANTED] });
    expect(rows).toEqual([
      { ...items[0], pairedItem: { item: 0 } },
      { ...items[2], pairedItem: { item: 2 } },
    ]);
  });

  it('claims for its execution, as the attempt that brought the item', async () => {
    const items = [item({ attempt: 2 }), item({ attempt: 'x' })];
    const { n8n } = await run(
      { ...skip, options: { leaseMinutes: 20 } },
      { items, answers: [GRANTED, GRANTED] },
    );
    expect(n8n.calls).toEqual(Array(2).fill('POST /v1/deliveries/d1/claim'));
    const claim = { claimant: 'n8n execution 7', lease_seconds: 1200, take_over: false };
    expect(n8n.sent.map(({ body }) => body)).toEqual([{ ...claim, attempt: 2 }, claim]);
  });

  it('fails while another execution is at work, so that the event comes again', async () => {
    await expect(run(skip, { items: [item({})], answers: [HELD] })).rejects.toMatchObject({
      message: expect.stringMatching(/n8n execution 3 is still at work.*delivers it again/),
      context: { itemIndex: 0 },
    });
  });

  it('does not promise another delivery at the last attempt', async () => {
    const items = [item({ lastAttempt: true })];
    const error = (await run(skip, { items, answers: [HELD] }).catch(
      (thrown: unknown) => thrown,
    )) as NodeOperationError;
    expect(error.message).toBe(
      'n8n execution 3 is still at work on this event; this was the last attempt: use Delivery → Retry when it has ended',
    );
    expect(error.description).not.toMatch(/comes again|delivers it again$/);
  });

  it.each(['abc', 0.5, 1441, {}, null])('takes no lease of %j minutes', async (leaseMinutes) => {
    const promise = run({ ...skip, options: { leaseMinutes } }, { items: [item({})], answers: [] });
    await expect(promise).rejects.toThrow(
      '"Longest Run (Minutes)" has to be a number from 1 to 1440',
    );
  });

  it.each(['retry', 'manual'])('takes over where a person runs it: %s', async (mode) => {
    const { n8n } = await run(skip, { items: [item({})], answers: [GRANTED], mode });
    expect(n8n.sent[0]!.body).toMatchObject({ take_over: true });
  });

  it('lets what is done pass in the editor, and says so', async () => {
    const { rows, n8n } = await run(skip, { items: [item({})], answers: [DONE], mode: 'manual' });
    expect(rows).toHaveLength(1);
    expect(n8n.hints).toEqual([expect.stringContaining('n8n execution 3 has done this event')]);
    expect((await run(skip, { items: [item({})], answers: [DONE], mode: 'retry' })).rows).toEqual(
      [],
    );
  });
});

describe('Report Outcome', () => {
  const report = { operation: 'reportOutcome', outcome: 'failed' };

  it.each([
    ['done', 'Not recorded: n8n execution 3 has done this event, and its word counts.'],
    ['in_progress', 'Not recorded: n8n execution 3 is at work on this event, and its word counts.'],
  ])(
    'tells where another execution goes first, and lets the item pass: %s',
    async (status, hint) => {
      const answer = { recorded: false, outcome: { status, claimant: 'n8n execution 3' } };
      const { rows, n8n } = await run(report, { items: [item({ id: 'a' })], answers: [answer] });
      expect(n8n.hints).toEqual([hint]);
      expect(rows).toMatchObject([{ json: { id: 'a' } }]);
    },
  );

  it.each([
    ['a number', 5, '5'],
    [
      'an object',
      { text: 'Sent', to: ['b@example.com'] },
      '{"text":"Sent","to":["b@example.com"]}',
    ],
    ['nothing', null, undefined],
    ['text that would be cut within an emoji', `${'x'.repeat(999)}😀`, 'x'.repeat(999)],
    ['text of emojis', '😀'.repeat(600), '😀'.repeat(500)],
  ])('makes text of a note that is %s', async (_, note, sent) => {
    const { n8n } = await run({ ...report, note }, { items: [item({})], answers: [RECORDED] });
    expect(n8n.sent[0]!.body!.note).toBe(sent);
  });

  it('reports for its execution, and lets items pass as they are', async () => {
    const items = [item({ id: 'a' }), item({ id: 'b' })];
    const { rows, n8n } = await run(
      { operation: 'reportOutcome', outcome: 'done', note: '' },
      { items, answers: [RECORDED, RECORDED] },
    );
    expect(n8n.hints).toEqual([]);
    expect(rows).toEqual(items.map((one, index) => ({ ...one, pairedItem: { item: index } })));
    expect(n8n.calls).toEqual(Array(2).fill('POST /v1/deliveries/d1/outcome'));
    expect(n8n.sent[0]!.body).toEqual({ claimant: 'n8n execution 7', outcome: 'done' });
  });

  it('cuts a note to what CareerHooks takes', async () => {
    const note = `Two\nlines ${'x'.repeat(2000)}`;
    const { n8n } = await run(
      { operation: 'reportOutcome', outcome: 'failed', note },
      { items: [item({})], answers: [RECORDED] },
    );
    expect(n8n.sent[0]!.body).toMatchObject({ outcome: 'failed' });
    expect(n8n.sent[0]!.body!.note).toBe(note.replace('\n', ' ').slice(0, 1000));
  });
});
