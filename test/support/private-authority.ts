import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate for 127.0.0.1, of an authority that nobody knows. */
export interface PrivateCertificate {
  key: string;
  cert: string;
  /** The file with the authority's own certificate, in PEM. */
  authority: string;
  remove(): void;
}

export function issueCertificate(): PrivateCertificate {
  const folder = mkdtempSync(join(tmpdir(), 'careerhooks-authority-'));
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const authority = ['-x509', '-days', '2', '-subj', '/CN=Example Authority'];
  openssl('req', ...newKey, ...authority, '-keyout', 'authority.key', '-out', 'authority.pem');
  openssl('req', ...newKey, '-subj', '/CN=mail.test', '-keyout', 'key.pem', '-out', 'request.pem');
  writeFileSync(join(folder, 'names'), 'subjectAltName=IP:127.0.0.1');
  openssl(
    ...['x509', '-req', '-in', 'request.pem', '-CA', 'authority.pem', '-CAkey', 'authority.key'],
    ...['-CAcreateserial', '-days', '2', '-extfile', 'names', '-out', 'cert.pem'],
  );
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  return {
    key: read('key.pem'),
    cert: read('cert.pem'),
    authority: join(folder, 'authority.pem'),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
