import { randomBytes } from 'node:crypto';
import { createDatabase, type TestDatabase } from '../../support/databases';
import { type Line, lineTo } from '../../support/line';
import { answeringInstance, runCareerHooks, type TestProcess } from '../../support/process';
import { freePorts } from '../../support/temporal';

describe('a server whose database takes connections, and says nothing yet', () => {
  let database: TestDatabase;
  let line: Line;
  let settings: Record<string, string>;
  let server: TestProcess;

  beforeAll(async () => {
    database = await createDatabase('postgres');
  });

  afterAll(() => database.drop());

  beforeEach(async () => {
    const url = new URL((database.location as { databaseUrl: string }).databaseUrl);
    line = await lineTo(Number(url.port));
    line.silence(true);
    url.port = String(line.port);
    const [port] = await freePorts(1);
    settings = {
      DATABASE_URL: url.href,
      // It serves without it.
      TEMPORAL_ADDRESS: '127.0.0.1:1',
      CAREERHOOKS_ADMIN_TOKEN: randomBytes(32).toString('hex'),
      CAREERHOOKS_MASTER_KEY: randomBytes(32).toString('base64'),
      CV_WEBHOOK_SECRET: randomBytes(32).toString('hex'),
      PORT: String(port),
      NODE_ENV: 'production',
      LOG_LEVEL: 'info',
      CAREERHOOKS_DRAIN_SECONDS: '300',
    };
    server = runCareerHooks(['server'], settings);
    // The first thing that it says.
    await server.says('endpoints: ');
  });

  afterEach(async () => {
    await server.end('SIGKILL');
    line.close();
  });

  it('waits for a database that is there, and does not answer yet', async () => {
    // Longer than one connection is waited for.
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    line.silence(false);
    const { call } = await answeringInstance(server, settings, Date.now());
    expect((await call('GET', '/readyz')).status).toBe(200);
  });

  it('ends when it is asked to stop meanwhile, and never says that it is ready', async () => {
    expect(await server.end('SIGTERM')).toMatchObject({ code: 0 });
    expect(server.output()).toContain('Stopped.');
    expect(server.output()).not.toContain('"ready"');
  });
});
