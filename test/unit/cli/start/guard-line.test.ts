import { pino } from 'pino';
import { readSettings } from '../../../../cli/src/settings';
import { banner } from '../../../../cli/src/start/banner';
import { logGuard } from '../../../../cli/src/start/log-guard';

/** Level and message of what is logged. */
function logged(env: NodeJS.ProcessEnv): [level: number, message: string][] {
  const lines: string[] = [];
  logGuard(readSettings(env), pino({}, { write: (line) => void lines.push(line) }));
  return lines.map((line) => {
    const { level, msg } = JSON.parse(line) as { level: number; msg: string };
    return [level, msg];
  });
}

const [INFO, WARN] = [30, 40];

describe('what endpoints may be', () => {
  it('is said in the log, as a warning where they are not guarded', () => {
    expect(logged({ NODE_ENV: 'production' })).toEqual([
      [INFO, 'endpoints: https and public addresses only'],
    ]);
    expect(
      logged({ NODE_ENV: 'production', CAREERHOOKS_ALLOW_CIDRS: '10.1.0.0/16,fd00::/8' }),
    ).toEqual([
      [
        INFO,
        'endpoints: https only; public addresses, and 10.1.0.0/16, fd00::/8 (CAREERHOOKS_ALLOW_CIDRS)',
      ],
    ]);
    for (const env of [{}, { NODE_ENV: 'development' }, { NODE_ENV: 'test' }]) {
      const [[level, message] = []] = logged(env);
      expect(level).toBe(WARN);
      expect(message).toMatch(/^endpoints: any address, http too \(development/);
    }
  });

  it('is said by the banner', () => {
    const running = { url: 'http://x', temporalUiUrl: null, connected: true, startedInMs: 1 };
    expect(banner(readSettings({ NODE_ENV: 'production' }), running)).toContain(
      '\n  Endpoints    https and public addresses only\n',
    );
    expect(banner(readSettings({}), running)).toContain('\n  Endpoints    any address, http too');
  });
});
