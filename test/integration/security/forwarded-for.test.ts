import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';

let careerHooks: TestCareerHooks | undefined;
afterEach(() => careerHooks?.stop());

async function codeOfWebhook(
  settings: Record<string, string>,
  forwardedFor: string,
): Promise<string> {
  await start(settings);
  return sendFrom(forwardedFor);
}

async function start(settings: Record<string, string>): Promise<void> {
  careerHooks = await startTestCareerHooks({
    CV_ALLOW_IPS: '192.0.2.0/24, 2001:db8::/32',
    ...settings,
  });
}

/** The code that a webhook to the CV is answered with. */
async function sendFrom(forwardedFor: string): Promise<string> {
  const headers = { 'x-forwarded-for': forwardedFor };
  const answer = await careerHooks!.call('POST', '/api/webhook/cv', {}, { headers });
  return answer.body.code as string;
}

test('without TRUST_PROXY, X-Forwarded-For opens no allow-list', async () => {
  expect(await codeOfWebhook({}, '192.0.2.1')).toBe('IP_NOT_ALLOWED');
});

test('from a proxy whose range is trusted, it does', async () => {
  expect(await codeOfWebhook({ TRUST_PROXY: '127.0.0.0/8' }, '192.0.2.1')).toBe(
    'MISSING_SIGNATURE',
  );
});

test('from a proxy outside of the trusted ranges, it does not', async () => {
  expect(await codeOfWebhook({ TRUST_PROXY: '10.0.0.0/8' }, '192.0.2.1')).toBe('IP_NOT_ALLOWED');
});

test('a proxy may put ports behind addresses, and brackets around those of IPv6', async () => {
  await start({ TRUST_PROXY: '1' });
  for (const address of [
    '192.0.2.1:51234',
    '203.0.113.9:80, 192.0.2.1:51234',
    '[::ffff:192.0.2.1]:51234',
    '[2001:db8::7]:51234',
    '[2001:db8::7]',
    '2001:db8::7',
  ]) {
    expect([address, await sendFrom(address)]).toEqual([address, 'MISSING_SIGNATURE']);
  }
  for (const address of ['198.51.100.1:51234', '[2001:db9::7]:51234', '192.0.2.1, unknown']) {
    expect([address, await sendFrom(address)]).toEqual([address, 'IP_NOT_ALLOWED']);
  }
  // One caller is counted as one, whichever port a connection of theirs has.
  const codes: string[] = [];
  for (let port = 1; port <= 11; port += 1) codes.push(await sendFrom(`192.0.2.99:${port}`));
  expect(codes).toEqual([...Array<string>(10).fill('MISSING_SIGNATURE'), 'RATE_LIMIT_EXCEEDED']);
});

test('a trusted proxy is known with its port, too; what it says of others is believed', async () => {
  await start({ TRUST_PROXY: '127.0.0.0/8, 10.0.0.0/8' });
  expect(await sendFrom('192.0.2.1:4711, 10.0.0.7:51234')).toBe('MISSING_SIGNATURE');
  expect(await sendFrom('192.0.2.1, 198.51.100.1:4711, 10.0.0.7:51234')).toBe('IP_NOT_ALLOWED');
});
