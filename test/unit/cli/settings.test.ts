import { DESIGN_NAMES, PAPER_NAMES } from '@careerhooks/cv';
import fc from 'fast-check';
import { isAbsolute, join } from 'node:path';
import { readSettings, SETTING_NAMES, SetupError } from '../../../cli/src/settings';

function refusal(env: NodeJS.ProcessEnv): string {
  try {
    readSettings(env);
  } catch (error) {
    if (error instanceof SetupError) return error.message;
    throw error;
  }
  throw new Error('It was not refused.');
}

describe('settings', () => {
  it('has a default for each', () => {
    const settings = readSettings({});
    expect(settings).toMatchObject({
      production: false,
      host: '127.0.0.1',
      port: 3400,
      databaseUrl: undefined,
      temporalPort: 7233,
      temporalUiPort: 8233,
      adminToken: undefined,
      masterKeys: [],
      allowCidrs: [],
      requestsPerSecond: 1000,
      trustProxy: false,
      publicUrl: undefined,
      retentionMs: 90 * 86_400_000,
      logLevel: 'info',
    });
    expect(isAbsolute(settings.dataDir)).toBe(true);
    expect(settings.dataDir).toBe(join(process.cwd(), 'data'));
  });

  it('has a server on PostgreSQL wait until others have taken over, and one on SQLite not', () => {
    const DATABASE_URL = 'postgres://database.example/careerhooks';
    expect(readSettings({}).drainMs).toBe(0);
    expect(readSettings({ DATABASE_URL }).drainMs).toBe(5_000);
    expect(readSettings({ DATABASE_URL, CAREERHOOKS_DRAIN_SECONDS: '0' }).drainMs).toBe(0);
    expect(readSettings({ CAREERHOOKS_DRAIN_SECONDS: '300' }).drainMs).toBe(300_000);
    for (const bad of ['301', '-1', '2.5', '5s']) {
      expect(refusal({ CAREERHOOKS_DRAIN_SECONDS: bad })).toContain('CAREERHOOKS_DRAIN_SECONDS');
    }
  });

  it('knows each design and paper of the CV’s PDF', () => {
    for (const style of DESIGN_NAMES) {
      expect(readSettings({ CV_PDF_STYLE: style }).cv.pdf).toEqual({ style, paper: 'a4' });
    }
    for (const paper of PAPER_NAMES) {
      expect(readSettings({ CV_PDF_PAPER: paper }).cv.pdf).toEqual({ style: 'classic', paper });
    }
    expect(refusal({ CV_PDF_STYLE: 'fancy' })).toBe(
      'These settings are wrong:\n  CV_PDF_STYLE: must be classic, modern or compact',
    );
    expect(refusal({ CV_PDF_PAPER: 'A3' })).toContain('CV_PDF_PAPER: must be a4 or letter');
  });

  it('has the fonts of the CV’s PDF in the data folder, or where they are said to be', () => {
    const CAREERHOOKS_DATA_DIR = '/var/lib/careerhooks';
    expect(readSettings({ CAREERHOOKS_DATA_DIR }).cv.fonts).toEqual({
      folder: '/var/lib/careerhooks/fonts',
      lang: 'en',
    });
    const named = { CAREERHOOKS_DATA_DIR, CV_FONTS: '/srv/fonts', CV_LANG: 'zh-Hant' };
    expect(readSettings(named).cv.fonts).toEqual({ folder: '/srv/fonts', lang: 'zh-Hant' });
    for (const bad of ['english!', 'e', 'de_DE']) {
      expect(refusal({ CV_LANG: bad })).toMatch(/CV_LANG: must be a language such as/);
    }
  });

  it('takes a blank one for none, as compose files write them', () => {
    expect(readSettings({ PORT: '', DATABASE_URL: ' ', LOG_LEVEL: '' })).toEqual({
      ...readSettings({}),
      env: { PORT: '', DATABASE_URL: ' ', LOG_LEVEL: '' },
    });
  });

  it.each(['owner@bücher.example', 'josé@example.com'])('takes %s for notifications', (email) => {
    const settings = readSettings({
      CV_NOTIFY_EMAIL: email,
      SMTP_URL: 'smtp://mail.bücher.example',
    });
    expect(settings.cv.notify).toMatchObject({
      email,
      smtp: { host: 'mail.xn--bcher-kva.example' },
    });
  });

  it('takes blanks and line breaks around any of them away, as files and Docker leave them', () => {
    const bare = {
      NODE_ENV: 'production',
      PORT: '3500',
      CAREERHOOKS_ADMIN_TOKEN: 'cha_0123456789-0123456789',
      CAREERHOOKS_MASTER_KEY: 'b'.repeat(64),
      CV_WEBHOOK_SECRET: 'cv-webhook-secret-0123456789',
      ROLEREADY_JWT_SECRET: 'a secret of RoleReady for its own tokens',
      ROLEREADY_JWT_ISSUER: 'https://roleready.example',
      GITHUB_TOKEN: 'ghp_0123456789',
      DATABASE_URL: 'postgres://database.example/careerhooks',
      SMTP_URL: 'smtp://mailer:password@mail.example',
      CV_NOTIFY_SLACK_URL: 'https://slack.example/services/x',
      DEBUG_WEBHOOKS: 'true',
      LOG_LEVEL: 'warn',
    };
    const env = Object.fromEntries(
      Object.entries(bare).map(([name, value], index) => [
        name,
        [`${value}\r`, `${value}\n`, ` ${value} `, `\t${value}\r\n`][index % 4],
      ]),
    );
    expect(readSettings(env)).toEqual({ ...readSettings(bare), env });
    expect(readSettings(env).production).toBe(true);
  });

  it.each([
    'prod',
    'Production',
    'PRODUCTION',
    '"production"',
    "'production'",
    '"production"\r',
    'production;',
    'staging',
    'true',
  ])('ends the start at NODE_ENV=%j, which must not run as development', (NODE_ENV) => {
    expect(refusal({ NODE_ENV })).toMatch(/^These settings are wrong:\n {2}NODE_ENV: must be .+$/);
  });

  it.each([undefined, '', ' ', 'development', 'test', 'test\r'])(
    'NODE_ENV=%j is no production',
    (NODE_ENV) => {
      expect(readSettings({ NODE_ENV }).production).toBe(false);
    },
  );

  it.each(SETTING_NAMES)('refuses %s in quotes, or with a line break in it, by name', (name) => {
    for (const value of ['"0123456789-abcdef"', "'0123456789-abcdef'\r", '""', '01234\n56789']) {
      const message = refusal({ [name]: value });
      expect(message).toMatch(new RegExp(`^These settings are wrong:\n  ${name}: must .+$`));
      expect(message).not.toMatch(/0123456789-abcdef|01234\n/);
    }
  });

  it("tells a retention of Temporal's that was set from none, which leaves a longer one", () => {
    expect(readSettings({}).temporalRetentionDays).toBeUndefined();
    expect(readSettings({ CAREERHOOKS_TEMPORAL_RETENTION_DAYS: '' })).toMatchObject({
      temporalRetentionDays: undefined,
    });
    expect(readSettings({ CAREERHOOKS_TEMPORAL_RETENTION_DAYS: '2' })).toMatchObject({
      temporalRetentionDays: 2,
    });
  });

  it('reads several master keys, the current one first', () => {
    const { masterKeys } = readSettings({ CAREERHOOKS_MASTER_KEY: 'new-key , old-key' });
    expect(masterKeys).toEqual(['new-key', 'old-key']);
  });

  it('reads the proxies to trust as a number of hops, or as ranges', () => {
    expect(readSettings({ TRUST_PROXY: '2' }).trustProxy).toBe(2);
    expect(readSettings({ TRUST_PROXY: '10.1.2.3/8, ::1' }).trustProxy).toEqual([
      '10.0.0.0/8',
      '::1/128',
    ]);
  });

  it.each([
    ['PORT', 'http'],
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['PORT', '34.5'],
    ['CAREERHOOKS_TEMPORAL_PORT', 'x'],
    ['CAREERHOOKS_TEMPORAL_UI_PORT', '1e9'],
    ['CAREERHOOKS_TEMPORAL_UI_URL', 'temporal.example'],
    ['DATABASE_URL', 'mysql://localhost/careerhooks'],
    ['DATABASE_URL', 'postgres://me:50%@localhost:port/careerhooks'],
    ['CAREERHOOKS_ADMIN_TOKEN', 'too-short'],
    ['CAREERHOOKS_ADMIN_TOKEN', 'has blanks that no bearer token can have'],
    ['GITHUB_TOKEN', 'ghp_ü0123456789'],
    ['CAREERHOOKS_ALLOW_CIDRS', '10.0.0.0/33'],
    ['CAREERHOOKS_RATE_LIMIT', '-1'],
    ['CAREERHOOKS_RATE_LIMIT', '1.5'],
    ['CAREERHOOKS_RATE_LIMIT', 'none'],
    ['CAREERHOOKS_RATE_LIMIT', '0x0'],
    ['PORT', '0x50'],
    ['PORT', '8e1'],
    ['CAREERHOOKS_PUBLIC_URL', 'https://hooks.example.com/?a'],
    ['CAREERHOOKS_PUBLIC_URL', 'https://hooks.example.com/#a'],
    ['TRUST_PROXY', '0'],
    ['TRUST_PROXY', '11'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', '10.0.0.0/8, my-proxy'],
    ['CAREERHOOKS_RETENTION_DAYS', '0'],
    ['CAREERHOOKS_RETENTION_DAYS', 'for ever'],
    ['CAREERHOOKS_TEMPORAL_RETENTION_DAYS', '0'],
    ['CAREERHOOKS_TEMPORAL_RETENTION_DAYS', '1.5'],
    ['CAREERHOOKS_TEMPORAL_RETENTION_DAYS', '7d'],
    ['LOG_LEVEL', 'loud'],
    ['CV_WEBHOOK_SECRET', 'short'],
    ['CV_AUTH', 'none'],
    ['CV_ALLOW_IPS', 'here'],
    ['CV_NOTIFY_SLACK_URL', '#general'],
    ['CV_NOTIFY_EMAIL', 'me'],
    ['CV_NOTIFY_EMAIL', 'owner@bücher'],
    ['SMTP_URL', 'https://mail.example'],
    ['SMTP_URL', 'smtp://u:p@mail.example?rejectUnauthorized=false'],
    ['GITHUB_API_URL', 'github'],
    ['DEBUG_WEBHOOKS', 'maybe'],
  ])('refuses %s=%s by name', (name, value) => {
    expect(refusal({ [name]: value })).toMatch(
      new RegExp(`^These settings are wrong:\\n  ${name}: .+$`),
    );
  });

  it('names all that are wrong at once, and repeats no secret', () => {
    const message = refusal({
      PORT: 'http',
      CAREERHOOKS_ADMIN_TOKEN: 'hunter22',
      ROLEREADY_JWT_SECRET: 'hunter22',
    });
    for (const name of ['PORT', 'CAREERHOOKS_ADMIN_TOKEN', 'ROLEREADY_JWT_SECRET']) {
      expect(message).toContain(`\n  ${name}: `);
    }
    expect(message).not.toContain('hunter22');
  });
});

describe('whatever the environment is', () => {
  const names = [
    ...['PORT', 'HOST', 'DATABASE_URL', 'TRUST_PROXY', 'LOG_LEVEL', 'SMTP_URL', 'GITHUB_TOKEN'],
    ...['CAREERHOOKS_ADMIN_TOKEN', 'CAREERHOOKS_MASTER_KEY', 'CAREERHOOKS_RATE_LIMIT'],
    ...['CAREERHOOKS_ALLOW_CIDRS', 'CAREERHOOKS_RETENTION_DAYS', 'CV_ALLOW_IPS', 'CV_AUTH'],
    ...['CV_WEBHOOK_SECRET', 'CV_NOTIFY_SLACK_URL', 'ROLEREADY_JWT_SECRET', 'ROLEREADY_JWKS_URL'],
  ];
  const value = fc.oneof(fc.string(), fc.integer().map(String), fc.webUrl(), fc.ipV6());

  it('the settings are within their bounds, or the refusal names a variable and repeats no value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), value), (env) => {
        try {
          const settings = readSettings(env);
          expect(settings.port).toBeGreaterThanOrEqual(0);
          expect(settings.port).toBeLessThanOrEqual(65_535);
          expect(settings.requestsPerSecond).toBeGreaterThanOrEqual(0);
          expect(Number.isInteger(settings.requestsPerSecond)).toBe(true);
          expect(settings.retentionMs).toBeGreaterThanOrEqual(86_400_000);
          expect(settings.adminToken?.length ?? 24).toBeGreaterThanOrEqual(24);
        } catch (error) {
          if (!(error instanceof SetupError)) throw error;
          expect(error.message).toMatch(/^These settings are wrong:(\n {2}[A-Z_]+: .+)+$/s);
          for (const name of ['CAREERHOOKS_ADMIN_TOKEN', 'CV_WEBHOOK_SECRET', 'SMTP_URL']) {
            const secret = env[name] ?? '';
            if (secret.length > 8) expect(error.message).not.toContain(secret);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });
});
