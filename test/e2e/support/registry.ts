import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installNpm } from '../../interop/support/install-npm';
import { run } from '../../interop/support/run';
import { startProcess } from '../../support/process';
import { freePorts } from '../../support/temporal';
import { waitUntil } from '../../support/wait-until';
import { copyPackage } from './package';

/** A package registry on loopback that has what is published to it, and nothing else. */
export interface TestRegistry {
  url: string;
  /**
   * What an n8n has to be started with whose default registry is this one, by a proxy that has the
   * certificate in this file.
   */
  env(certificate: string): Record<string, string>;
  /** Publishes the package under test as this version. */
  publish(version: string): Promise<void>;
  stop(): Promise<void>;
}

/** Verdaccio, which is no part of the checkout. */
function installVerdaccio(): Promise<string> {
  const report = (line: string) => process.stderr.write(`${line}\n`);
  // What it asks for of node-fetch is not on every registry.
  return installNpm('verdaccio', { verdaccio: '6.8.0' }, report, { 'node-fetch': '2.7.0' });
}

/**
 * What the npm that n8n runs has to be told: whatever is set for whoever runs the tests, it trusts this
 * certificate and has a cache of its own.
 */
function npmSettings(folder: string, certificate: string): Record<string, string> {
  return {
    npm_config_cafile: certificate,
    npm_config_cache: join(folder, 'npm-cache'),
    npm_config_globalconfig: join(folder, 'npmrc-global'),
    npm_config_userconfig: join(folder, 'npmrc'),
  };
}

export async function startRegistry(): Promise<TestRegistry> {
  const modules = join(await installVerdaccio(), 'node_modules');
  const folder = await mkdtemp(join(tmpdir(), 'careerhooks-registry-'));
  const [port] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const settings = join(folder, 'config.yaml');
  await writeFile(settings, JSON.stringify(settingsIn(folder)));
  const program = join(modules, 'verdaccio', 'bin', 'verdaccio');
  const args = [program, '--config', settings, '--listen', `127.0.0.1:${port}`];
  const child = startProcess(process.execPath, args, {}, { cwd: folder });
  const isThere = () =>
    fetch(`${url}/-/ping`).then(
      ({ ok }) => ok,
      () => false,
    );
  await waitUntil(isThere, (yes) => yes, 60_000);

  return {
    url,
    env: (certificate) => npmSettings(folder, certificate),
    async publish(version) {
      const copy = await mkdtemp(join(folder, 'package-'));
      await copyPackage(copy, version);
      // npm publishes nothing without a token, whatever the registry asks for.
      await writeFile(join(copy, '.npmrc'), `//127.0.0.1:${port}/:_authToken=anybody\n`);
      await run('npm', ['publish', '--registry', url, '--no-provenance'], { cwd: copy });
    },
    async stop() {
      await child.end('SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Without an uplink: what is asked of it never leaves the machine. YAML has JSON in it. */
function settingsIn(folder: string): object {
  return {
    storage: join(folder, 'storage'),
    auth: { htpasswd: { file: join(folder, 'htpasswd') } },
    packages: { '**': { access: '$all', publish: '$all' } },
    web: { enable: false },
    log: { type: 'stdout', format: 'json', level: 'error' },
  };
}
