import { DatabaseUnavailable } from '@careerhooks/store';
import { isDeadlock, outageOf } from '../../../../store/src/postgres/outage-of';

function failure(code: string | undefined, message = 'it failed'): Error {
  return Object.assign(new Error(message), code !== undefined && { code });
}

describe('what an error says of the server', () => {
  it.each([
    ['25006', 'read_only'],
    ['55P03', 'locked'],
    ['57014', 'hangs'],
    ['25P03', 'hangs'],
    ['53100', 'full'],
    ['53300', 'full'],
    ['57P01', 'away'],
    ['57P03', 'away'],
    ['08P01', 'away'],
    ['08006', 'away'],
    ['58030', 'away'],
    ['XX001', 'damaged'],
    ['ECONNREFUSED', 'away'],
    ['EHOSTUNREACH', 'away'],
    ['EAI_AGAIN', 'away'],
  ])('of code %s: %s', (code, outage) => {
    const cause = failure(code);
    const error = outageOf(cause);
    expect(error).toBeInstanceOf(DatabaseUnavailable);
    expect(error).toMatchObject({ outage, code: 'database_unavailable', cause });
    expect((error as Error).message).toBe(`PostgreSQL: it failed (${code})`);
  });

  it('of a connection that broke, which has no code', () => {
    expect(outageOf(failure(undefined, 'Connection terminated unexpectedly'))).toMatchObject({
      outage: 'away',
    });
  });

  it.each(['23505', '42P01', '22P02', undefined])(
    'nothing, where it is of the statement: %s',
    (code) => {
      const error = failure(code);
      expect(outageOf(error)).toBe(error);
    },
  );

  it('nothing new, where it is said already', () => {
    const error = new DatabaseUnavailable('hangs', 'It hangs.');
    expect(outageOf(error)).toBe(error);
  });
});

it('tells a deadlock from other locks', () => {
  expect(isDeadlock(outageOf(failure('40P01')))).toBe(true);
  expect(isDeadlock(outageOf(failure('55P03')))).toBe(false);
  expect(isDeadlock(failure('40P01'))).toBe(false);
});
