import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readSettings, SETTING_NAMES } from '../../../cli/src/settings';
import { requireShared } from '../../../cli/src/start/require-shared';

const DEPLOY = join(__dirname, '../../../deploy');

function read(name: string): string {
  return readFileSync(join(DEPLOY, name), 'utf8');
}

interface Service {
  command?: string[];
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  volumes?: string[];
}

interface Compose {
  services: Record<string, Service>;
  volumes: Record<string, null>;
}

const compose = parse(read('compose.yaml'), { merge: true }) as Compose;

/** What the operator fills in, by name, and whether it must be. */
function variables(text: string): Map<string, 'needed' | 'optional'> {
  const found = text.matchAll(/\$\{([A-Z_]+)(:[?-])/g);
  return new Map(
    [...found].map(([, name, kind]) => [name!, kind === ':?' ? 'needed' : 'optional']),
  );
}

/** An environment as compose makes it, with `filled` for what must be filled in, and nothing for the rest. */
function resolved(environment: Record<string, string>, filled: string): NodeJS.ProcessEnv {
  const entries = Object.entries(environment).map(([name, value]) => [
    name,
    value.replace(/\$\{[A-Z_]+(?::\?|:-([^}]*))\}/g, (_, fallback?: string) => fallback ?? filled),
  ]);
  return Object.fromEntries(entries) as NodeJS.ProcessEnv;
}

describe('deploy/compose.yaml', () => {
  it.each(['server', 'worker'] as const)('gives a %s settings that it starts with', (role) => {
    const { command, environment = {} } = compose.services[role]!;
    expect(command).toEqual([role]);
    const known = [...SETTING_NAMES, 'TEMPORAL_ADDRESS'];
    expect(Object.keys(environment).filter((name) => !known.includes(name))).toEqual([]);
    const settings = readSettings(resolved(environment, 'a'.repeat(43) + '='));
    expect(settings.production).toBe(true);
    expect(() => requireShared(settings, role)).not.toThrow();
  });

  it('needs no data folder, so that no volume is lost with a container', () => {
    for (const role of ['server', 'worker']) {
      const { environment, volumes } = compose.services[role]!;
      expect([environment!.CAREERHOOKS_DATA_DIR, volumes]).toEqual([undefined, undefined]);
    }
  });

  it('waits for services that there are, and keeps data in volumes that there are', () => {
    for (const { depends_on = {}, volumes = [] } of Object.values(compose.services)) {
      for (const name of Object.keys(depends_on)) expect(compose.services).toHaveProperty([name]);
      for (const volume of volumes) expect(compose.volumes).toHaveProperty(volume.split(':')[0]!);
    }
  });

  it('takes from the environment what env.example shows, and says what must not be empty', () => {
    const shown = [...read('env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name!);
    const taken = variables(read('compose.yaml'));
    expect([...taken.keys()].sort()).toEqual(shown.sort());
    expect([...taken].filter(([, kind]) => kind === 'needed').map(([name]) => name)).toEqual(
      expect.arrayContaining([
        'CAREERHOOKS_ADMIN_TOKEN',
        'CAREERHOOKS_MASTER_KEY',
        'CV_WEBHOOK_SECRET',
        'DATABASE_PASSWORD',
      ]),
    );
  });
});

describe('deploy/careerhooks.service', () => {
  it('sets what there is to set', () => {
    const set = [...read('careerhooks.service').matchAll(/^Environment=([A-Z_]+)=/gm)];
    const known = [...SETTING_NAMES, 'XDG_CACHE_HOME', 'MALLOC_ARENA_MAX'];
    expect(set.map(([, name]) => name!).filter((name) => !known.includes(name))).toEqual([]);
    expect(set).not.toHaveLength(0);
  });
});
