import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../interop/support/run';
import { pythonHttpClients } from '../../interop/support/tools';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { ROOT } from '../../support/process';

const SECRET = 'the-webhook-secret-of-the-cv';
const PAGE = readFileSync(join(ROOT, 'docs/cv.md'), 'utf8');

/** Each trap has a text of its own: the same twice within a second would have the same signature. */
const payloadOf = (title: string) => ({
  action: 'update',
  section: 'personalInfo',
  data: { name: 'Zoë Example', summary: `${title}.\nA\tpath: C:\\new\\table, "quoted".` },
});

let careerHooks: TestCareerHooks;
let folder: string;
beforeAll(async () => {
  careerHooks = await startTestCareerHooks({ CV_WEBHOOK_SECRET: SECRET, TRUST_PROXY: '1' });
  folder = mkdtempSync(join(tmpdir(), 'careerhooks-traps-'));
});
afterAll(async () => {
  await careerHooks.stop();
  rmSync(folder, { recursive: true, force: true });
});

/**
 * A line of a client, in a program around it that signs and says what was answered.
 *
 * @param payload as JSON; `body.json` has it indented.
 */
type Client = (line: string, payload: string) => Promise<string>;

let clients = 0;

/** Each has an address of its own, as behind a proxy: ten a minute are for one. */
function settings(payload: string): Record<string, string> {
  clients += 1;
  return {
    URL: `${careerHooks.url}/api/webhook/cv`,
    SECRET,
    TOKEN: careerHooks.token,
    CLIENT: `203.0.113.${clients}`,
    BODY: payload,
    NODE_PATH: join(ROOT, 'node_modules'),
  };
}

const shell = (sign: string, send: string) => `
  TIMESTAMP=$(date +%s)
  SIGNATURE=$(${sign} | openssl dgst -sha256 -hmac "$SECRET" -binary | base64)
  curl -s -X POST "$URL" -H 'Content-Type: application/json' -H "Authorization: Bearer $TOKEN" \
    -H "X-Webhook-Signature: sha256=$SIGNATURE" -H "X-Webhook-Timestamp: $TIMESTAMP" \
    -H "X-Forwarded-For: $CLIENT" ${send}`;

const curl: Client = (line, payload) =>
  run('bash', ['-c', shell('{ printf %s "$TIMESTAMP"; cat body.json; }', line)], {
    cwd: folder,
    env: settings(payload),
  });

const dash: Client = (line, payload) =>
  run('dash', ['-c', shell(line, '--data-binary "$BODY"')], {
    cwd: folder,
    env: settings(payload),
  });

/** @param body what is signed. */
const axios =
  (body: string): Client =>
  (line, payload) =>
    run(
      process.execPath,
      [
        '-e',
        `const axios = require('axios');
        const { createHmac } = require('node:crypto');
        const { URL, SECRET, TOKEN, CLIENT, BODY } = process.env;
        const payload = JSON.parse(BODY);
        const body = ${body};
        const timestamp = String(Math.floor(Date.now() / 1000));
        const signature = createHmac('sha256', SECRET).update(timestamp + body).digest('hex');
        const headers = {
          'Content-Type': 'application/json', Authorization: 'Bearer ' + TOKEN,
          'X-Webhook-Signature': 'sha256=' + signature, 'X-Webhook-Timestamp': timestamp,
          'X-Forwarded-For': CLIENT,
        };
        const print = ({ data }) => console.log(JSON.stringify(data));
        (${line}).then(print, ({ response }) => print(response));`,
      ],
      { cwd: folder, env: settings(payload) },
    );

/** @param body what is signed. */
const python =
  (body: string): Client =>
  async (line, payload) =>
    run(
      await pythonHttpClients.install(),
      [
        '-c',
        `
import hashlib, hmac, json, os, time
import httpx, requests
URL, SECRET = os.environ['URL'], os.environ['SECRET']
payload = json.loads(os.environ['BODY'])
body = ${body}
timestamp = str(int(time.time()))
signature = hmac.new(SECRET.encode(), (timestamp + body).encode(), hashlib.sha256).hexdigest()
headers = {
    'Content-Type': 'application/json', 'Authorization': 'Bearer ' + os.environ['TOKEN'],
    'X-Webhook-Signature': 'sha256=' + signature, 'X-Webhook-Timestamp': timestamp,
    'X-Forwarded-For': os.environ['CLIENT'],
}
print(${line}.text)
`,
      ],
      { cwd: folder, env: settings(payload) },
    );

const file = `require('node:fs').readFileSync('body.json', 'utf8')`;

interface Trap {
  title: string;
  client: Client;
  /** As docs/cv.md has them. */
  wrong: string;
  right: string;
  /** Of the answer's hint. */
  hint: string;
}

const TRAPS: Trap[] = [
  {
    title: 'curl drops line ends',
    client: curl,
    wrong: '-d @body.json',
    right: '--data-binary @body.json',
    hint: '--data-binary',
  },
  {
    title: "dash's echo makes \\n a line break",
    client: dash,
    wrong: 'echo -n "$TIMESTAMP$BODY"',
    right: 'printf %s "$TIMESTAMP$BODY"',
    hint: 'printf %s',
  },
  {
    title: 'axios trims a text',
    client: axios(`JSON.stringify(payload) + '\\n'`),
    wrong: 'axios.post(URL, body, { headers })',
    right: 'axios.post(URL, Buffer.from(body), { headers })',
    hint: 'with axios',
  },
  {
    title: 'axios trims a text that was indented',
    client: axios(file),
    wrong: 'axios.post(URL, body, { headers })',
    right: 'axios.post(URL, Buffer.from(body), { headers })',
    hint: 'with axios',
  },
  {
    title: 'axios writes an object in its own way',
    client: axios(file),
    wrong: 'axios.post(URL, payload, { headers })',
    right: 'axios.post(URL, Buffer.from(body), { headers })',
    hint: 'written differently',
  },
  {
    title: 'requests writes an object in its own way',
    client: python('json.dumps(payload, ensure_ascii=False)'),
    wrong: 'requests.post(URL, json=payload, headers=headers)',
    right: 'requests.post(URL, data=body.encode(), headers=headers)',
    hint: 'not json=',
  },
  {
    title: 'httpx writes an object in its own way',
    client: python('json.dumps(payload)'),
    wrong: 'httpx.post(URL, json=payload, headers=headers)',
    right: 'httpx.post(URL, content=body, headers=headers)',
    hint: 'not json=',
  },
];

test.each(TRAPS)(
  '$title: $wrong is answered 401 with a hint, $right is taken',
  async ({ title, client, wrong, right, hint }) => {
    const payload = payloadOf(title);
    const text = JSON.stringify(payload);
    writeFileSync(join(folder, 'body.json'), `${JSON.stringify(payload, null, 2)}\n`);
    for (const line of [wrong, right]) expect(PAGE).toContain(`\`${line}\``);
    const refused = JSON.parse(await client(wrong, text)) as {
      code: string;
      details: { hint: string };
    };
    expect(refused.code).toBe('INVALID_SIGNATURE');
    expect(refused.details.hint).toContain(hint);
    expect(JSON.parse(await client(right, text))).toMatchObject({ success: true });
    const { body } = await careerHooks.call('GET', '/api/cv');
    expect(body.cv.personalInfo).toEqual(payload.data);
  },
  120_000,
);
