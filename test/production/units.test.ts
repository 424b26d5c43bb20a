import { execFile } from 'node:child_process';
import {
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describeWith } from '../interop/support/describe-with';
import { ROOT } from '../support/process';

const DEPLOY = join(ROOT, 'deploy');
const UNITS = ['careerhooks.service', 'careerhooks@.service'];
/** Those of a machine that ours are ordered by, without what they bring along. */
const TARGETS = ['sysinit', 'basic', 'shutdown', 'network-online'];

/** What a program says, and how it ends; it may say things and end well. */
function told(program: string, parameters: string[]): Promise<{ code: number; text: string }> {
  return new Promise((resolve) => {
    execFile(program, parameters, { cwd: ROOT, timeout: 60_000 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), text: stdout + stderr });
    });
  });
}

describeWith(['systemd-analyze'], 'deploy/systemd', () => {
  let root: string;

  /** Puts everything where install.sh does, below `root`. */
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'careerhooks-units-'));
    const node = join(root, 'opt/careerhooks/current/node');
    await mkdir(dirname(node), { recursive: true });
    await writeFile(node, '#!/bin/sh\n');
    await chmod(node, 0o755);
    await mkdir(system(), { recursive: true });
    for (const target of TARGETS) {
      await writeFile(join(system(), `${target}.target`), `[Unit]\nDescription=${target}\n`);
    }
    for (const unit of UNITS) {
      await copyFile(join(DEPLOY, 'systemd', unit), join(system(), unit));
      await mkdir(join(system(), `${unit}.d`));
      await copyFile(
        join(DEPLOY, 'systemd/hardening.conf'),
        join(system(), `${unit}.d/hardening.conf`),
      );
    }
  });

  afterEach(() => rm(root, { recursive: true }));

  const system = (): string => join(root, 'etc/systemd/system');

  const verify = () =>
    told('systemd-analyze', [
      'verify',
      '--man=no',
      `--root=${root}`,
      'careerhooks.service',
      'careerhooks@server.service',
      'careerhooks@worker.service',
    ]);

  it('is what systemd understands, to the last directive', async () => {
    expect(await verify()).toEqual({ code: 0, text: '' });
  });

  it('would be complained of for a slip in a unit and in its drop-in', async () => {
    const unit = join(system(), 'careerhooks.service');
    const dropIn = join(system(), 'careerhooks@.service.d/hardening.conf');
    await writeFile(unit, (await readFile(unit, 'utf8')).replace('WatchdogSec', 'WatchdgSec'));
    await writeFile(
      dropIn,
      (await readFile(dropIn, 'utf8')).replace('PrivateTmp=yes', 'PrivateTmp=yse'),
    );
    const { text } = await verify();
    expect(text).toContain("Unknown key 'WatchdgSec'");
    expect(text).toContain('Failed to parse boolean value, ignoring: yse');
  });
});

describeWith(['shellcheck'], 'the scripts of deploy/', () => {
  it('have nothing that shellcheck knows of', async () => {
    const files = (await readdir(DEPLOY, { recursive: true }))
      .filter((file) => file.endsWith('.sh'))
      .map((file) => join(DEPLOY, file));
    expect(files).toContain(join(DEPLOY, 'install.sh'));
    expect(await told('shellcheck', ['-x', ...files])).toEqual({ code: 0, text: '' });
  });
});
