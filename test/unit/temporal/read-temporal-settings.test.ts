import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isExternal, readTemporalSettings } from '../../../temporal/src';

let home: string;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'careerhooks-settings-'));
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

const read = (env: NodeJS.ProcessEnv) => readTemporalSettings({ HOME: home, ...env });

function file(name: string, content: string): string {
  const path = join(home, name);
  writeFileSync(path, content);
  return path;
}

test('without settings the server is embedded', () => {
  expect(isExternal({ HOME: home })).toBe(false);
  expect(read({})).toEqual({ external: false, namespace: 'default' });
  expect(read({ TEMPORAL_NAMESPACE: 'hooks' })).toEqual({ external: false, namespace: 'hooks' });
});

test('a blank setting is no setting', () => {
  const env = { TEMPORAL_ADDRESS: '', TEMPORAL_NAMESPACE: ' ', TEMPORAL_API_KEY: '' };
  expect(isExternal(env)).toBe(false);
  expect(read(env)).toEqual({ external: false, namespace: 'default' });
});

test('TEMPORAL_ADDRESS makes it external', () => {
  expect(isExternal({ TEMPORAL_ADDRESS: 'temporal:7233' })).toBe(true);
  expect(read({ TEMPORAL_ADDRESS: 'temporal:7233' })).toMatchObject({
    external: true,
    namespace: 'default',
    connectionOptions: { address: 'temporal:7233' },
  });
});

test('an API key turns TLS on, and loses its newline', () => {
  const settings = read({
    TEMPORAL_ADDRESS: 'x.tmprl.cloud:7233',
    TEMPORAL_NAMESPACE: 'ns.acct',
    TEMPORAL_API_KEY: 'key\n',
  });
  expect(settings).toMatchObject({
    namespace: 'ns.acct',
    connectionOptions: { apiKey: 'key', tls: true },
  });
});

test('gRPC metadata are sent along', () => {
  const settings = read({ TEMPORAL_ADDRESS: 'a:1', TEMPORAL_GRPC_META_X_TEAM: 'hooks' });
  expect(settings).toMatchObject({ connectionOptions: { metadata: { 'x-team': 'hooks' } } });
});

test('a profile of a configuration file', () => {
  const path = file(
    'temporal.toml',
    '[profile.prod]\naddress = "prod:7233"\nnamespace = "hooks"\n[profile.empty]\nnamespace = "x"\n',
  );
  const env = { TEMPORAL_CONFIG_FILE: path, TEMPORAL_PROFILE: 'prod' };
  expect(read(env)).toMatchObject({
    external: true,
    namespace: 'hooks',
    connectionOptions: { address: 'prod:7233' },
  });
  expect(() => read({ ...env, TEMPORAL_PROFILE: 'empty' })).toThrow(
    'TEMPORAL_ADDRESS is not set, and the profile "empty" has no address.',
  );
  expect(() => read({ ...env, TEMPORAL_PROFILE: 'none' })).toThrow(
    /^TEMPORAL_PROFILE cannot be used: Profile 'none' not found/,
  );
});

test.each([
  ['TEMPORAL_API_KEY', 'key'],
  ['TEMPORAL_TLS', 'true'],
  ['TEMPORAL_TLS_SERVER_NAME', 'x'],
  ['TEMPORAL_GRPC_META_X', 'x'],
])('%s without a server is an error', (name, value) => {
  expect(() => isExternal({ [name]: value })).toThrow(
    `${name} is set, but not TEMPORAL_ADDRESS, the server that it is meant for.`,
  );
});

test.each<[string, NodeJS.ProcessEnv]>([
  ['TEMPORAL_ADDRESS must be host:port', { TEMPORAL_ADDRESS: 'http://temporal:7233' }],
  ['TEMPORAL_ADDRESS must be host:port', { TEMPORAL_ADDRESS: 'temporal:99999' }],
  ['TEMPORAL_ADDRESS must be host:port', { TEMPORAL_ADDRESS: 'a host:1' }],
  ['TEMPORAL_TLS must be true or false, not "yes"', { TEMPORAL_TLS: 'yes' }],
  [
    'TEMPORAL_TLS_DISABLE_HOST_VERIFICATION is not supported',
    { TEMPORAL_TLS_DISABLE_HOST_VERIFICATION: 'true' },
  ],
  ['TEMPORAL_CONFIG_FILE names a file that cannot be read', { TEMPORAL_CONFIG_FILE: '/none' }],
  [
    'TEMPORAL_TLS_CLIENT_CERT_PATH names a file that cannot be read',
    { TEMPORAL_TLS_CLIENT_CERT_PATH: '/none' },
  ],
  [
    'TEMPORAL_TLS_CLIENT_CERT_DATA needs TEMPORAL_TLS_CLIENT_KEY_PATH beside it',
    { TEMPORAL_TLS_CLIENT_CERT_DATA: 'x' },
  ],
  [
    'TEMPORAL_TLS_CLIENT_CERT_DATA is not valid PEM',
    { TEMPORAL_TLS_CLIENT_CERT_DATA: 'x', TEMPORAL_TLS_CLIENT_KEY_DATA: 'y' },
  ],
  ['TEMPORAL_TLS_SERVER_CA_CERT_DATA is not valid PEM', { TEMPORAL_TLS_SERVER_CA_CERT_DATA: 'x' }],
])('a bad setting is named: %s', (message, env) => {
  expect(() => read({ TEMPORAL_ADDRESS: 'temporal:7233', ...env })).toThrow(message);
});

test.each(['temporal', 'temporal:7233', '10.0.0.1:7233', '[::1]:7233'])(
  'the address %s is taken',
  (address) => {
    expect(read({ TEMPORAL_ADDRESS: address })).toMatchObject({ external: true });
  },
);

test('a broken configuration file is named', () => {
  const path = file('broken.toml', 'profile = [');
  expect(() => read({ TEMPORAL_CONFIG_FILE: path })).toThrow(
    /^TEMPORAL_CONFIG_FILE cannot be used: /,
  );
});

test.each([
  ['TEMPORAL_ADDRESS', '"temporal:7233"'],
  ['TEMPORAL_NAMESPACE', "'hooks'\r"],
  ['TEMPORAL_API_KEY', '"key-0123456789"'],
  ['TEMPORAL_API_KEY', 'key-\n0123456789'],
  ['TEMPORAL_TLS_CLIENT_KEY_DATA', '"-----BEGIN PRIVATE KEY-----\nkey-0123456789"'],
  ['TEMPORAL_GRPC_META_X_TEAM', '"key-0123456789"'],
])('%s=%j is refused by name, and its value not shown', (name, value) => {
  const env = { TEMPORAL_ADDRESS: 'temporal:7233', [name]: value };
  expect(() => read(env)).toThrow(new RegExp(`^${name} must (be|not) [^:]+$`));
  expect(() => read(env)).not.toThrow('0123456789');
});

test('quotes are refused where the embedded server has the namespace, too', () => {
  expect(() => read({ TEMPORAL_NAMESPACE: '"hooks"' })).toThrow('TEMPORAL_NAMESPACE must be');
});

test('a configuration file that is no TOML is named with the line, and none of it is shown', () => {
  const path = file(
    'broken.toml',
    '[profile.default]\naddress = "a:1"\napi_key = key-0123456789\n',
  );
  const readIt = () => read({ TEMPORAL_CONFIG_FILE: path });
  expect(readIt).toThrow(/^TEMPORAL_CONFIG_FILE cannot be used: .+ in line 3\.$/);
  expect(readIt).not.toThrow('0123456789');
});
