import { spawnSync } from 'node:child_process';
import { ROLE } from './ground';
import { BINARIES } from './postgres-node';

/** A program of PostgreSQL's, as docs/production.md runs it: what it said, and how it ended. */
interface Ran {
  status: number | null;
  said: string;
}

/** Runs a line of the document's in a shell, with PostgreSQL's programs, against the database at `port`. */
export function runLine(line: string, port: number, folder: string): Ran {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', line], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      PATH: `${BINARIES}:${process.env.PATH}`,
      PGHOST: '127.0.0.1',
      PGPORT: String(port),
      PGPASSWORD: ROLE.password,
    },
  });
  return { status, said: stdout + stderr };
}

/** The lines of docs/production.md, without the container around them. */
export const LINES = {
  dump: 'umask 077; pg_dump --username careerhooks --format custom careerhooks > careerhooks.dump',
  check: 'pg_restore --file /dev/null < careerhooks.dump',
  restore:
    'pg_restore --username careerhooks --clean --if-exists --no-owner --exit-on-error --single-transaction ' +
    '--dbname careerhooks < careerhooks.dump',
};
