import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startTestCareerHooks, type TestCareerHooks } from '../support/careerhooks';
import { startJourney } from '../support/journey';
import { startProcess, type TestProcess } from '../support/process';
import { freePorts } from '../support/temporal';
import { waitUntil } from '../support/wait-until';
import { describeWith } from './support/describe-with';
import { pythonServers, webServers } from './support/tools';

const RECEIVERS = join(__dirname, 'receivers');

let careerHooks: TestCareerHooks;
beforeAll(async () => {
  careerHooks = await startTestCareerHooks();
});
afterAll(() => careerHooks.stop());

/** Starts a server on a free port and waits until it answers there; its URL. */
async function serve(
  start: (port: number) => Promise<TestProcess> | TestProcess,
  path = '/hook',
): Promise<string> {
  const [port] = (await freePorts(1)) as [number];
  const server = await start(port);
  const url = `http://127.0.0.1:${port}${path}`;
  const answers = async (): Promise<boolean> =>
    fetch(url, { method: 'POST', body: '{}' }).then(
      () => true,
      () => false,
    );
  await waitUntil(answers, (answered) => answered).catch((error: unknown) => {
    throw new Error(`The receiver did not start:\n${server.output()}`, { cause: error });
  });
  return url;
}

async function python(module: string, args: string[]): Promise<TestProcess> {
  const interpreter = await pythonServers.install();
  return startProcess(interpreter, ['-m', module, ...args], {}, { cwd: RECEIVERS });
}

/** Delivers so many events, one after the other, to an endpoint that gets no second attempt. */
async function deliver(url: string, count: number, pauseMs = 0): Promise<void> {
  const journey = await startJourney(careerHooks);
  await journey.register({ url, verify: false, max_retries: 0 });
  for (let n = 0; n < count; n += 1) {
    const delivery = await journey.until(await journey.publish(), 'delivered');
    expect(delivery.attempts).toHaveLength(1);
    if (pauseMs > 0) await sleep(pauseMs);
  }
}

describe('a 204 with the length of a body', () => {
  it("is Hono's c.text('ok', 204), and is delivered", async () => {
    const folder = await webServers.install();
    const url = await serve((port) =>
      startProcess(process.execPath, [join(RECEIVERS, 'hono.mjs'), folder, String(port)], {}),
    );
    await deliver(url, 3);
  });

  describeWith(['python3'], 'in Python', () => {
    it("is Django's HttpResponse('ok', status=204) under uvicorn, and is delivered", async () => {
      const url = await serve((port) =>
        python('uvicorn', ['django_204:application', '--port', String(port)]),
      );
      await deliver(url, 3);
    });
  });
});

describeWith(['python3'], 'a receiver under gunicorn, with threads', () => {
  it('closes idle connections after 2 s, and gets what comes 2 s apart at the first attempt', async () => {
    const url = await serve((port) =>
      python('gunicorn', ['wsgi_ok:application', '--threads', '4', '-b', `127.0.0.1:${port}`]),
    );
    // Around the moment in which the connection is closed, and well before it.
    const pauses = [1_960, 1_970, 1_980, 1_990, 2_000, 1_200];
    await Promise.all(pauses.map((pauseMs) => deliver(url, 8, pauseMs)));
  });
});
