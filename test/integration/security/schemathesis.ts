import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenApiDocument } from '../../support/conforming';
import { schemathesis } from '../../interop/support/tools';

/**
 * What has a meaning for this API. Left out: that every request within the schema is accepted (URLs,
 * event types and data are judged by more than a schema), and that every one outside of it is
 * refused (some parameters are read generously). That no call works without a token is tested with
 * the document itself: Schemathesis' many wrong ones would meet the limit for them.
 */
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
];

/** Runs Schemathesis against an OpenAPI document, as its caller; gives all that it said. */
export async function runSchemathesis(given: {
  document: string;
  token: string;
  /** Operations that are left out, by their ids. */
  without: readonly string[];
  /** `coverage` goes through the bounds of every field, `fuzzing` makes so many random requests of each. */
  phases: readonly ('coverage' | 'fuzzing')[];
  maxExamples: number;
  env: Record<string, string>;
}): Promise<{ exitCode: number | null; output: string }> {
  const python = await schemathesis.install();
  const folder = await mkdtemp(join(tmpdir(), 'careerhooks-schemathesis-'));
  const document = await withoutDefaults(given.document);
  await writeFile(join(folder, 'openapi.json'), JSON.stringify(document));
  const child = spawn(
    python,
    [
      ...['-m', 'schemathesis.cli', 'run', 'openapi.json', '--no-color'],
      ...['--url', document.servers[0]?.url ?? ''],
      ...['--header', `Authorization: Bearer ${given.token}`],
      ...['--checks', CHECKS.join(',')],
      ...['--phases', given.phases.join(',')],
      ...['--max-examples', String(given.maxExamples)],
      ...['--generation-database', 'none', '--continue-on-failure', '--warnings', 'off'],
      ...given.without.flatMap((id) => ['--exclude-operation-id', id]),
    ],
    {
      cwd: folder,
      env: {
        ...process.env,
        ...given.env,
        SCHEMATHESIS_HOOKS: join(__dirname, 'hooks.py'),
        PYTHONDONTWRITEBYTECODE: '1',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr.on('data', (text: Buffer) => (output += text.toString()));
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (exitCode) => resolve({ exitCode, output }));
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** `default` would let every status through: only those that are named are expected. */
async function withoutDefaults(url: string): Promise<OpenApiDocument> {
  const document = (await (await fetch(url)).json()) as OpenApiDocument;
  for (const operation of Object.values(document.paths).flatMap((path) => Object.values(path))) {
    delete operation.responses.default;
  }
  return document;
}
