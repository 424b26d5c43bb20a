import {
  generateKeys,
  generateSecret,
  generateSigningKey,
  parseSigningKey,
  systems,
} from '@careerhooks/systems';
import { system } from '../../support/sample-deliveries';

test('RoleReady gets 64 hex digits, every other system a whsec_ key', () => {
  for (const each of systems.values()) {
    const secret = generateSecret(each);
    if (each.key === 'roleready') expect(secret).toMatch(/^[0-9a-f]{64}$/);
    else expect(parseSigningKey(secret)).toHaveLength(32);
    expect(generateSecret(each)).not.toBe(secret);
  }
});

test('a secret made here serves both signatures where it is a whsec_ key', () => {
  const keys = generateKeys(system('pathfinder'));
  expect(keys.signingKey).toBe(keys.secret);
  expect(keys).not.toHaveProperty('privateKey');
});

test('RoleReady has a signing key beside its hex secret', () => {
  const keys = generateKeys(system('roleready'));
  expect(keys.secret).toMatch(/^[0-9a-f]{64}$/);
  expect(parseSigningKey(keys.signingKey)).toHaveLength(32);
});

test("an integrator's secret is kept, and gets a signing key unless it is one", () => {
  const own = generateKeys(system('pathfinder'), 'your-webhook-secret-key');
  expect(own.secret).toBe('your-webhook-secret-key');
  expect(parseSigningKey(own.signingKey)).toHaveLength(32);
  const shared = generateSigningKey();
  expect(generateKeys(system('roleready'), shared)).toEqual({ secret: shared, signingKey: shared });
  const short = generateKeys(system('cv'), 'whsec_1234567890abcdef');
  expect(short.signingKey).not.toBe(short.secret);
});
