import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { sendCvWebhook } from '../../support/cv-webhook';
import { createDatabase, DATABASES, type TestDatabase } from '../../support/databases';

const SECRET = 'the-webhook-secret-of-the-cv';
const MEBIBYTE = 1024 * 1024;

describe.each(DATABASES)('what comes to the door of the CV, on %s', (name) => {
  let database: TestDatabase;
  let careerHooks: TestCareerHooks;
  beforeAll(async () => {
    database = await createDatabase(name);
    const { location } = database;
    careerHooks = await startTestCareerHooks({
      CV_WEBHOOK_SECRET: SECRET,
      DATABASE_URL: 'databaseUrl' in location ? location.databaseUrl : undefined,
    });
  });
  afterAll(async () => {
    await careerHooks.stop();
    await database.drop();
  });

  type Options = Parameters<typeof sendCvWebhook>[3];
  const send = (sent: Buffer, options?: Options) =>
    sendCvWebhook(careerHooks, SECRET, sent, options);
  const json = (value: unknown) => Buffer.from(JSON.stringify(value));
  const naming = (name: string) =>
    json({ action: 'update', section: 'personalInfo', data: { name } });
  const currentName = async () =>
    (await careerHooks.call('GET', '/api/cv')).body.cv.personalInfo.name as unknown;

  describe('compressed', () => {
    test.each([
      ['gzip', '', gzipSync],
      ['x-gzip', '', gzipSync],
      ['deflate', '', deflateSync],
      ['deflate', ' without its header', deflateRawSync],
      ['br', '', brotliCompressSync],
    ])(
      'by %s%s, it is taken, signed before it was compressed or after',
      async (encoding, form, compress) => {
        const headers = { 'content-encoding': encoding };
        const before = naming(`${encoding} before${form}`);
        expect(await send(compress(before), { headers, signedBytes: before })).toMatchObject({
          status: 200,
        });
        expect(await currentName()).toBe(`${encoding} before${form}`);
        const after = naming(`${encoding} after${form}`);
        expect((await send(compress(after), { headers })).status).toBe(200);
        expect(await currentName()).toBe(`${encoding} after${form}`);
      },
    );

    test('its signature cannot come again, compressed or not', async () => {
      const body = naming('Once');
      const timestamp = String(Math.floor(Date.now() / 1000));
      expect((await send(body, { timestamp })).status).toBe(200);
      const again = await send(gzipSync(body), {
        ...{ timestamp, signedBytes: body, headers: { 'content-encoding': 'gzip' } },
      });
      expect(again.body.code).toBe('SIGNATURE_REUSED');
    });

    test('it is refused when it becomes larger than 1 MiB, however small it came', async () => {
      const bomb = gzipSync(Buffer.alloc(8 * MEBIBYTE, ' '), { level: 9 });
      expect(bomb.length).toBeLessThan(MEBIBYTE);
      const { status, body } = await send(bomb, {
        ...{ headers: { 'content-encoding': 'gzip' }, signedBytes: Buffer.from('{}') },
      });
      expect({ status, code: body.code }).toEqual({ status: 400, code: 'PAYLOAD_TOO_LARGE' });
      expect(body.details).toEqual({ limitBytes: MEBIBYTE });
    });

    test.each([
      ['gzip', 'The body is not what its Content-Encoding "gzip" says.'],
      ['zstd', 'Content-Encoding "zstd" is not taken'],
      ['gzip, br', 'Content-Encoding "gzip, br" is not taken'],
      ['__proto__', 'Content-Encoding "__proto__" is not taken'],
    ])(
      'wrongly, or by %s that it is not, it is refused in a sentence',
      async (encoding, reason) => {
        const { status, body } = await send(naming('Nobody'), {
          headers: { 'content-encoding': encoding },
        });
        expect({ status, code: body.code }).toEqual({ status: 400, code: 'INVALID_PAYLOAD' });
        expect(body.details.reason).toContain(reason);
        expect(await currentName()).not.toBe('Nobody');
      },
    );

    test('its signature is still needed', async () => {
      const { body } = await send(gzipSync(naming('Nobody')), {
        ...{ headers: { 'content-encoding': 'gzip' }, signedBytes: naming('Somebody') },
      });
      expect(body.code).toBe('INVALID_SIGNATURE');
    });
  });

  const skills = { category: 'Languages', technologies: ['TypeScript'] };
  describe.each([
    ['NUL', '\0', 'NUL'],
    ['half of a surrogate pair', '\ud800', 'surrogate'],
  ])('%s', (_, text, word) => {
    test.each([
      ['action', { action: `up${text}date`, section: 'skills', data: [] }, 'action'],
      ['section', { action: 'update', section: text, data: [] }, 'section'],
      ['a value', { action: 'update', section: 'personalInfo', data: { name: text } }, 'data.name'],
      ['a key', { action: 'update', section: 'personalInfo', data: { [text]: 1 } }, 'data'],
      ['data itself', { action: 'update', section: 'personalInfo', data: text }, 'data'],
      [
        'a value deep within',
        {
          action: 'update',
          section: 'skills',
          data: [{ ...skills, technologies: ['a', `b${text}`] }],
        },
        'data[0].technologies[1]',
      ],
      [
        'an account, which is kept as it is',
        {
          action: 'update',
          section: 'socialMedia',
          data: { github: { url: 'https://x.example', [`a${text}`]: 1 } },
        },
        'data.github',
      ],
    ])('in %s is 422, by the webhook and by the native API', async (_where, change, path) => {
      const { status, body } = await send(json(change));
      expect({ status, code: body.code }).toEqual({ status: 422, code: 'VALIDATION_FAILED' });
      expect(body.details.issues).toEqual([{ path, message: expect.stringContaining(word) }]);
      const native = await careerHooks.call('POST', '/v1/cv/changes', change);
      expect({ status: native.status, code: native.body.code }).toEqual({
        status: 422,
        code: 'cv_change_refused',
      });
      expect(native.body.issues).toEqual(body.details.issues);
      // What was refused is in the history, and can be read there.
      const history = await careerHooks.call(
        'GET',
        `/api/webhook/cv/history/${String(body.details.id)}`,
      );
      expect(history.body).toMatchObject({ status: 'failed' });
    });
  });

  test('web addresses with hosts in any script are taken, and kept as URIs', async () => {
    const data = { website: 'https://bücher.example/über' };
    const update = { action: 'update', section: 'personalInfo', data };
    expect((await send(json(update))).status).toBe(200);
    expect((await careerHooks.call('GET', '/api/cv')).body.cv.personalInfo).toMatchObject({
      website: 'https://xn--bcher-kva.example/%C3%BCber',
    });
  });

  test.each([
    ['GET', '/api/webhook/cv/history/%00'],
    ['GET', '/cv/api/webhook/cv/history/a%00b'],
    ['POST', '/api/webhook/cv/history/%00/replay'],
    ['POST', '/api/cv/backups/%00/restore'],
    ['GET', '/api/webhook/cv/history?cursor=%00'],
    ['GET', '/api/webhook/cv/history?status=%00'],
    ['GET', '/api/cv/backups?cursor=a%00'],
    ['GET', '/v1/cv/changes/%00'],
    ['GET', '/v1/cv/changes?cursor=%00'],
    ['GET', '/v1/cv/changes?status=%00'],
  ])('NUL in %s %s is 422', async (method, path) => {
    expect((await careerHooks.call(method, path)).status).toBe(422);
  });

  test('an id that there is not is still 404, and a percent sign that is one is no NUL', async () => {
    expect((await careerHooks.call('GET', '/api/webhook/cv/history/nothing')).status).toBe(404);
    expect((await careerHooks.call('GET', '/api/webhook/cv/history/%2500')).status).toBe(404);
  });
});
