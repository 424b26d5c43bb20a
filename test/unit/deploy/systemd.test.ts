import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SETTING_NAMES } from '../../../cli/src/settings';

const UNITS = join(__dirname, '../../../deploy/systemd');

/** What a unit says last for each directive, without those that may be there several times. */
function directives(name: string): Map<string, string> {
  const lines = readFileSync(join(UNITS, name), 'utf8').matchAll(/^([A-Z]\w+)=(.*)$/gm);
  return new Map([...lines].map(([, directive, value]) => [directive!, value!]));
}

function environment(name: string): string[] {
  const set = readFileSync(join(UNITS, name), 'utf8').matchAll(/^Environment=([A-Z_]+)=/gm);
  return [...set].map(([, variable]) => variable!);
}

describe.each(['careerhooks.service', 'careerhooks@.service'])('deploy/systemd/%s', (name) => {
  const unit = directives(name);

  it('sets what there is to set', () => {
    const known = [...SETTING_NAMES, 'XDG_CACHE_HOME', 'MALLOC_ARENA_MAX'];
    expect(environment(name).filter((variable) => !known.includes(variable))).toEqual([]);
    expect(environment(name)).toEqual(
      expect.arrayContaining(['NODE_ENV', 'CAREERHOOKS_DATA_DIR', 'MALLOC_ARENA_MAX']),
    );
  });

  it('starts again whatever has ended, but for a setting or a Node.js that somebody has to see to', () => {
    expect(unit.get('Restart')).toBe('always');
    expect(unit.get('StartLimitIntervalSec')).toBe('0');
    expect(unit.get('RestartPreventExitStatus')!.split(' ')).toEqual(['78', '203']);
  });

  it('hears of the process by another one, and watches it', () => {
    expect([unit.get('Type'), unit.get('NotifyAccess')]).toEqual(['notify', 'all']);
    expect(Number(unit.get('WatchdogSec'))).toBeGreaterThan(0);
  });

  it('waits for its end as long as it may take: 5 s of draining, 35 s of requests, 30 s of attempts', () => {
    expect(Number(unit.get('TimeoutStopSec'))).toBeGreaterThan(5 + 35 + 30);
  });

  it('runs the current release, with the Node.js that it was built with', () => {
    expect(unit.get('ExecStart')).toMatch(
      /^\/opt\/careerhooks\/current\/node \/opt\/careerhooks\/current\/cli\/bin\/careerhooks\.js (start|%i)$/,
    );
  });

  it('leaves the user and all rights to hardening.conf, which is for both', () => {
    expect([unit.get('User'), unit.get('NoNewPrivileges')]).toEqual([undefined, undefined]);
    const hardening = directives('hardening.conf');
    expect(hardening.get('User')).toBe('careerhooks');
    expect(hardening.get('NoNewPrivileges')).toBe('yes');
    expect(hardening.get('CapabilityBoundingSet')).toBe('');
  });
});
