import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The programs of the system that tests run, and what brings them. */
const PROGRAMS = {
  python3: 'Python 3.11 or later with venv and pip (Debian: python3-venv)',
  go: 'Go 1.26 or later (https://go.dev)',
  java: 'a Java runtime of version 17 or later (Debian: openjdk-17-jdk-headless)',
  javac: 'a JDK of version 17 or later (Debian: openjdk-17-jdk-headless)',
  mvn: 'Maven 3 (Debian: maven)',
  cargo: 'Rust with cargo (https://rustup.rs, Debian: cargo)',
  pdftotext: 'pdftotext of Poppler (Debian: poppler-utils)',
  nginx: 'nginx (Debian: nginx-light)',
  caddy: 'Caddy 2.6 or later (Debian: caddy)',
  openssl: 'OpenSSL (Debian: openssl)',
  prometheus: 'Prometheus 2.42 or later (Debian: prometheus)',
  promtool: "Prometheus' promtool (Debian: prometheus)",
  pg_basebackup: 'PostgreSQL 15 with its programs (Debian: postgresql-15)',
  haproxy: 'HAProxy (Debian: haproxy)',
  pgbouncer: 'PgBouncer (Debian: pgbouncer)',
  shellcheck: 'ShellCheck (Debian: shellcheck)',
  chromium: 'Chromium (Debian: chromium)',
  'systemd-analyze': 'systemd (Debian: systemd)',
} as const;

export type Program = keyof typeof PROGRAMS;

/** Where Debian has what only root or the database's own user runs. */
const DEBIAN = ['/usr/local/sbin', '/usr/sbin', '/usr/lib/postgresql/15/bin'];

/** The program's path by `PATH`, or in Debian's folders. */
export function findProgram(program: Program): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...DEBIAN];
  return folders.map((folder) => join(folder, program)).find(isExecutable);
}

/** What is not here of what tests need, as a sentence; undefined where all is. */
export function whatIsMissing(programs: readonly Program[]): string | undefined {
  const missing = [...new Set(programs)].filter((program) => findProgram(program) === undefined);
  if (missing.length === 0) return undefined;
  return `It needs ${missing.map((program) => PROGRAMS[program]).join(', ')}.`;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
