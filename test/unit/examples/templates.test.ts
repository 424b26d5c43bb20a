import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findSystem } from '@careerhooks/systems';

interface Node {
  name: string;
  type: string;
  typeVersion: number;
  parameters: Record<string, unknown>;
  credentials?: Record<string, Record<string, unknown>>;
  onError?: string;
}

interface Template {
  name: string;
  nodes: Node[];
  connections: Record<string, { main: { node: string }[][] }>;
  settings: Record<string, unknown>;
}

const EXAMPLES = resolve(__dirname, '../../../examples');
const FILES = readdirSync(EXAMPLES).filter((file) => file.endsWith('.json'));

const README = readFileSync(join(EXAMPLES, 'README.md'), 'utf8');

describe.each(FILES)('%s', (file) => {
  const text = readFileSync(join(EXAMPLES, file), 'utf8');
  const { nodes, connections, settings, ...rest } = JSON.parse(text) as Template;
  const ofType = (type: string) => nodes.filter((node) => node.type === type);
  const triggers = ofType('n8n-nodes-careerhooks.careerHooksTrigger');

  it('holds what n8n imports, and nothing of the n8n that it was made in', () => {
    expect(Object.keys(rest)).toEqual(['name']);
    expect(settings).toEqual({ executionOrder: 'v1' });
    for (const node of nodes) {
      expect(node).not.toHaveProperty('id');
      expect(node).not.toHaveProperty('webhookId');
    }
    expect(text).not.toMatch(/pinData|instanceId|cachedResult/);
  });

  it('names its credentials: n8n takes the first of the type where the id is left out', () => {
    const all = nodes.flatMap((node) => Object.values(node.credentials ?? {}));
    expect(all.length).toBeGreaterThan(0);
    for (const credential of all) {
      expect(credential).toEqual({ id: null, name: expect.stringMatching(/^.{3,}$/) as string });
      expect(README).toContain(credential.name);
    }
  });

  it('says in a note what to fill in', () => {
    const [note, ...others] = ofType('n8n-nodes-base.stickyNote');
    expect(others).toEqual([]);
    for (const { name } of nodes.filter((node) => node.credentials !== undefined)) {
      expect(note?.parameters.content).toContain(`**${name}**`);
    }
  });

  it('waits for events that its system has', () => {
    expect(triggers.length).toBeGreaterThan(0);
    for (const { parameters } of triggers) {
      const system = findSystem(parameters.system as string);
      for (const event of parameters.events as string[]) {
        expect(Object.keys(system?.events ?? {})).toContain(event);
      }
    }
  });

  const next = (name: string, output = 0) =>
    (connections[name]?.main[output] ?? []).map(({ node }) => node);
  const operation = (wanted: string) =>
    ofType('n8n-nodes-careerhooks.careerHooks').filter(
      ({ parameters }) => parameters.operation === wanted,
    );
  const branching = nodes.filter(({ onError }) => onError === 'continueErrorOutput');

  /** The node and all that may run after it. */
  function after(name: string, seen = new Set<string>()): Set<string> {
    if (seen.has(name)) return seen;
    seen.add(name);
    const outputs = connections[name]?.main ?? [];
    for (const { node } of outputs.flat()) after(node, seen);
    return seen;
  }

  it('gets an event again after it has failed', () => {
    for (const { parameters } of triggers) expect(parameters.acknowledge).toBe('lastNode');
    expect(branching.length).toBeGreaterThan(0);
    for (const { name } of branching) {
      const [failing = ''] = next(name, 1);
      const path = [...after(failing)];
      expect(path.some((one) => operation('reportOutcome').some((node) => node.name === one))).toBe(
        false,
      );
      const ends = path.filter((one) => next(one).length + next(one, 1).length === 0);
      expect(ends).toEqual(ofType('n8n-nodes-base.stopAndError').map((node) => node.name));
    }
  });

  it('acts once on an event: it asks before it acts, and says so at the end', () => {
    const skips = operation('skipIfDone').map(({ name }) => name);
    const reports = operation('reportOutcome').map(({ name }) => name);
    expect(skips).toHaveLength(triggers.length);
    expect(reports).toHaveLength(triggers.length);
    for (const { name } of triggers) {
      const behind = [...after(name)];
      const skip = behind.find((one) => skips.includes(one)) ?? '';
      const asked = after(skip);
      for (const acting of branching) expect(asked).toContain(acting.name);
      for (const one of next(name)) {
        expect(branching.map((acting) => acting.name)).not.toContain(one);
      }
    }
    for (const { name } of branching) {
      const [onward = ''] = next(name);
      const reported = [...after(onward)].filter((one) => reports.includes(one));
      expect(reported).toHaveLength(reports.length);
    }
  });

  it('connects every node, to nodes that it has', () => {
    const names = new Set(nodes.map(({ name }) => name));
    const targets = Object.values(connections).flatMap(({ main }) => main.flat());
    for (const { node } of targets) expect(names).toContain(node);
    const linked = new Set([...Object.keys(connections), ...targets.map(({ node }) => node)]);
    const loose = [...names].filter((name) => !linked.has(name));
    expect(loose).toEqual(['What to fill in']);
  });

  it('is listed in the README', () => {
    expect(README).toContain(`(${file})`);
  });
});
