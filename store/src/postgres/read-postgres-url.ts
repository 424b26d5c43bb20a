/** Where a PostgreSQL database is: a URL for each of its hosts, in the order in which they are tried. */
export interface PostgresUrl {
  /** For pg: one host each. */
  urls: string[];
  /** `db1.example.com:5432,db2.example.com:5432/careerhooks`, to be shown: without user and password. */
  place: string;
}

const FORM =
  /^postgres(?:ql)?:\/\/(?:(?<login>[^/?#]*)@)?(?<hosts>[^@/?#]*)(?<rest>\/[^#]*|\?[^#]*)?$/;

/** What libpq takes for `target_session_attrs`, and fits a database that is written to. */
const WRITABLE = ['any', 'read-write', 'primary'];

/**
 * Reads a `postgres://` URL, which may name several hosts as libpq's may:
 * `postgres://user:password@db1:5432,db2:5432/name?target_session_attrs=read-write`. Whatever that says,
 * only a primary is used. Throws an Error that says what is wrong, and shows no password.
 */
export function readPostgresUrl(text: string): PostgresUrl {
  const { login, hosts = '', rest = '/' } = FORM.exec(text)?.groups ?? {};
  if (!FORM.test(text)) throw new Error('must be a postgres:// URL; leave it out for SQLite');
  const [path = '', query = ''] = rest.split('?');
  const parameters = new URLSearchParams(query);
  const wanted = parameters.get('target_session_attrs');
  if (wanted !== null && !WRITABLE.includes(wanted)) {
    throw new Error(
      `must lead to a primary, since events are written: target_session_attrs=${wanted} asks for another`,
    );
  }
  if (/,/.test(`${parameters.get('host') ?? ''}${parameters.get('port') ?? ''}`)) {
    throw new Error(
      'must name several hosts before its path: postgres://user@db1:5432,db2:5432/name',
    );
  }
  parameters.delete('target_session_attrs');
  const suffix = `${path}${parameters.size > 0 ? `?${parameters.toString()}` : ''}`;
  const list = hosts.split(',');
  const urls = list.map(
    (host) => `postgres://${login === undefined ? '' : `${login}@`}${host}${suffix}`,
  );
  for (const [index, url] of urls.entries()) {
    // An empty host is the local socket's, or one that the query names.
    if (list[index] === '' && list.length === 1) continue;
    if (list[index] === '' || !isUrl(url)) {
      throw new Error(
        'has a host that is none; several look like postgres://user@db1:5432,db2:5432/name, and a password ' +
          'has characters such as / and : percent-encoded',
      );
    }
  }
  return { urls, place: `${hosts}${path}` };
}

function isUrl(text: string): boolean {
  try {
    return new URL(text).hostname !== '';
  } catch {
    return false;
  }
}
