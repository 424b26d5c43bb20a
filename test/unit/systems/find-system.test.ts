import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findEventType, findSystem, systems } from '@careerhooks/systems';

const SYSTEMS = join(__dirname, '../../../systems/src');

test('holds each folder that has a catalogue, under its name', () => {
  const folders = readdirSync(SYSTEMS).filter((name) =>
    existsSync(join(SYSTEMS, name, 'events.ts')),
  );
  expect([...systems.keys()].sort()).toEqual(folders.sort());
  for (const [key, system] of systems) expect(system.key).toBe(key);
});

test('has keys that, in capitals, are names of settings', () => {
  for (const key of systems.keys()) expect(key).toMatch(/^[a-z][a-z0-9]*$/);
});

test('finds a system by its key, and nothing by another word', () => {
  expect(findSystem('roleready')?.name).toBe('RoleReady');
  expect(findSystem('constructor')).toBeUndefined();
});

test('finds event types, and none that only objects in general have', () => {
  const pathfinder = findSystem('pathfinder')!;
  expect(findEventType(pathfinder, 'user.created')?.group).toBe('user');
  expect(findEventType(pathfinder, 'user.exploded')).toBeUndefined();
  expect(findEventType(pathfinder, 'toString')).toBeUndefined();
  expect(findEventType(pathfinder, '__proto__')).toBeUndefined();
});

describe.each([...systems.values()])('$name', (system) => {
  test('has limits that its own defaults keep', () => {
    expect(system.limits.maxUrlLength).toBe(2048);
    expect(system.timeoutMs).toBeLessThanOrEqual(system.limits.maxTimeoutSeconds * 1000);
    expect(system.retry.maxRetries).toBeLessThanOrEqual(system.limits.maxRetries);
    expect(system.retry.jitter).toBe(0);
  });

  test.each(Object.entries(system.events))('%s has an example that fits its schema', (_, type) => {
    expect(type.schema.parse(type.example)).toEqual(type.example);
    expect(type.description).toMatch(/^[A-Z].*\.$/);
    expect(JSON.parse(JSON.stringify(type.example))).toEqual(type.example);
  });
});
