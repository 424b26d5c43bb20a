import { readPostgresUrl } from '@careerhooks/store';

describe('a URL of PostgreSQL', () => {
  it('leads to one host', () => {
    expect(
      readPostgresUrl('postgres://me:p%40ss@db.example.com:5433/hooks?sslmode=require'),
    ).toEqual({
      urls: ['postgres://me:p%40ss@db.example.com:5433/hooks?sslmode=require'],
      place: 'db.example.com:5433/hooks',
    });
  });

  it('may name several hosts, as libpq has it, which are tried in turn', () => {
    const url =
      'postgresql://me:secret@db1.example.com:5432,db2.example.com,[::1]:5434/hooks?target_session_attrs=read-write&sslmode=verify-full';
    expect(readPostgresUrl(url)).toEqual({
      urls: [
        'postgres://me:secret@db1.example.com:5432/hooks?sslmode=verify-full',
        'postgres://me:secret@db2.example.com/hooks?sslmode=verify-full',
        'postgres://me:secret@[::1]:5434/hooks?sslmode=verify-full',
      ],
      place: 'db1.example.com:5432,db2.example.com,[::1]:5434/hooks',
    });
  });

  it.each(['any', 'read-write', 'primary'])(
    'may ask for %s, since a primary is all three',
    (wanted) => {
      expect(readPostgresUrl(`postgres://a,b/c?target_session_attrs=${wanted}`).urls).toEqual([
        'postgres://a/c',
        'postgres://b/c',
      ]);
    },
  );

  it('shows nothing of a password, whatever is in it', () => {
    const { urls, place } = readPostgresUrl('postgres://ch:pa@ss@db.example.com/hooks');
    expect([urls, place]).toEqual([
      ['postgres://ch:pa@ss@db.example.com/hooks'],
      'db.example.com/hooks',
    ]);
  });

  it('may be that of a socket', () => {
    expect(readPostgresUrl('postgres:///hooks?host=/run/postgresql').urls).toEqual([
      'postgres:///hooks?host=%2Frun%2Fpostgresql',
    ]);
  });

  it.each([
    ['mysql://db.example.com/hooks', 'must be a postgres:// URL'],
    ['postgres://a,b/c?target_session_attrs=standby', 'must lead to a primary'],
    ['postgres://a,b/c?target_session_attrs=prefer-standby', 'must lead to a primary'],
    ['postgres:///c?host=a,b&port=1,2', 'must name several hosts before its path'],
    ['postgres://me:s3cret@a:1,/c', 'has a host that is none'],
    ['postgres://me:s3cret@a:port/c', 'has a host that is none'],
  ])('that is none, or leads elsewhere, is refused with what to do: %s', (url, message) => {
    expect(() => readPostgresUrl(url)).toThrow(message);
    expect(() => readPostgresUrl(url)).not.toThrow('s3cret');
  });
});
