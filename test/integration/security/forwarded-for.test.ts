import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';

let careerHooks: TestCareerHooks | undefined;
afterEach(() => careerHooks?.stop());

async function codeOfWebhook(
  settings: Record<string, string>,
  forwardedFor: string,
): Promise<string> {
  careerHooks = await startTestCareerHooks({ CV_ALLOW_IPS: '192.0.2.0/24', ...settings });
  const headers = { 'x-forwarded-for': forwardedFor };
  const answer = await careerHooks.call('POST', '/api/webhook/cv', {}, { headers });
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
