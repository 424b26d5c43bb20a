import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../support/process';

const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  engines: { node: string };
};

/** Runs lines of bash with the functions of install.sh at hand. */
function bash(lines: string, parameters: string[] = []) {
  return spawnSync('bash', ['-c', `source "$0/deploy/install.sh"; ${lines}`, ROOT, ...parameters], {
    encoding: 'utf8',
  });
}

describe('deploy/install.sh', () => {
  it('asks for the Node.js that the package asks for', () => {
    expect(bash('wanted_node "$1"', [ROOT]).stdout.trim()).toBe(engines.node);
  });

  it.each([
    ['18.20.4', false],
    ['20.18.3', false],
    ['20.19.0', true],
    ['20.20.2', true],
    ['21.7.3', false],
    ['22.12.0', false],
    ['22.13.0', true],
    ['23.11.0', false],
    ['24.0.0', true],
    ['26.1.0', true],
  ])('takes Node.js %s: %p', (version, fits) => {
    expect(bash('fits "$1" "$2"', [version, engines.node]).status === 0).toBe(fits);
  });

  it('copies what a build needs, and nothing that is not in git', () => {
    const copied = bash('source_files "$1"', [process.execPath]).stdout.trim().split('\n');
    const known = execFileSync('git', ['ls-files'], { cwd: ROOT, encoding: 'utf8' }).split('\n');
    const unknown = copied.filter(
      (path) => !known.some((file) => file === path || file.startsWith(`${path}/`)),
    );
    expect(unknown).toEqual([]);
    expect(copied).toEqual(expect.arrayContaining(['cli', 'package-lock.json', 'deploy/systemd']));
  });

  it('says what it can do, and what it cannot', () => {
    expect(bash('main --help').stdout).toContain('--rollback [release]');
    const wrong = bash('main --roll-back');
    expect([wrong.status, wrong.stderr]).toEqual([
      1,
      expect.stringContaining('There is no option --roll-back.'),
    ]);
  });
});
