import { readSettings } from '../../../../cli/src/settings';
import { banner, bannerFacts } from '../../../../cli/src/start/banner';

const running = {
  url: 'http://127.0.0.1:3400',
  temporalUiUrl: 'http://127.0.0.1:8233',
  connected: true,
  startedInMs: 1_234,
};

describe('the banner', () => {
  it('says where everything is', () => {
    const text = banner(readSettings({}), running);
    expect(text).toContain('ready, after 1.2 s');
    expect(text).toContain('API          http://127.0.0.1:3400\n');
    expect(text).toContain('API docs     http://127.0.0.1:3400/docs\n');
    expect(text).toContain('For n8n      http://127.0.0.1:3400/connect (makes its token)\n');
    expect(text).toContain('Temporal UI  http://127.0.0.1:8233\n');
    expect(text).toContain('Admin token  in data/admin-token\n');
    expect(text).toContain('"Authorization: Bearer $(cat data/admin-token)"');
  });

  it('never shows a token', () => {
    const token = 'cha_a-token-of-at-least-24-characters';
    const text = banner(readSettings({ CAREERHOOKS_ADMIN_TOKEN: token }), running);
    expect(text).not.toContain(token);
    expect(text).toContain('Bearer $CAREERHOOKS_ADMIN_TOKEN');
  });

  it('names a folder elsewhere by its whole path', () => {
    const settings = readSettings({ CAREERHOOKS_DATA_DIR: '/var/lib/careerhooks' });
    expect(banner(settings, running)).toContain('in /var/lib/careerhooks/admin-token');
  });

  it('names it by its whole path for one who is at the root', () => {
    const cwd = jest.spyOn(process, 'cwd').mockReturnValue('/');
    try {
      const settings = readSettings({ CAREERHOOKS_DATA_DIR: '/var/lib/careerhooks' });
      expect(banner(settings, running)).toContain('$(cat /var/lib/careerhooks/admin-token)');
    } finally {
      cwd.mockRestore();
    }
  });

  it('says the same to machines, without the token', () => {
    const settings = readSettings({ CAREERHOOKS_DATA_DIR: '/var/lib/careerhooks' });
    expect(bannerFacts(settings, running)).toEqual({
      url: 'http://127.0.0.1:3400',
      docs: 'http://127.0.0.1:3400/docs',
      connect: 'http://127.0.0.1:3400/connect',
      temporal: 'ok',
      temporalUi: 'http://127.0.0.1:8233',
      adminToken: '/var/lib/careerhooks/admin-token',
      endpoints: expect.stringContaining('any address') as string,
      startupMs: 1_234,
    });
    const own = readSettings({ CAREERHOOKS_ADMIN_TOKEN: 'cha_a-token-of-at-least-24-characters' });
    expect(bannerFacts(own, { ...running, connected: false })).toMatchObject({
      adminToken: 'CAREERHOOKS_ADMIN_TOKEN',
      temporal: 'away',
    });
  });

  it('says that Temporal is not reached yet, or that its UI is not known', () => {
    const settings = readSettings({});
    expect(banner(settings, { ...running, connected: false })).toContain('not reached yet');
    expect(banner(settings, { ...running, temporalUiUrl: null })).toContain(
      'CAREERHOOKS_TEMPORAL_UI_URL',
    );
  });

  it('has an event that can be copied as it is', () => {
    const text = banner(readSettings({}), running);
    const event: unknown = JSON.parse(/-d '(.*)'/.exec(text)?.[1] ?? '');
    expect(event).toMatchObject({ system: 'roleready', type: 'resume.parsed' });
  });
});
