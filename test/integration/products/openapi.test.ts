import { PRODUCTS } from '../../../server/src/products';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { conformingApi } from '../../support/conforming';
import { startTestReceiver, type TestReceiver } from '../../support/receiver';

let careerHooks: TestCareerHooks;
let receiver: TestReceiver;
beforeAll(async () => {
  careerHooks = await startTestCareerHooks();
  receiver = await startTestReceiver();
});
afterAll(async () => {
  await careerHooks.stop();
  await receiver.stop();
});

test.each(PRODUCTS.map(({ system }) => system))(
  'every call of %s’s own API answers as its document says, with the document’s own examples',
  async (system) => {
    const token = await careerHooks.key({ system, user: 'user_1', scopes: ['manage'] });
    const as = (key: string | null): typeof careerHooks.call => {
      return (method, path, body) => careerHooks.call(method, path, body, { token: key });
    };
    const { call, document, seen } = await conformingApi(as(token), `/${system}`);
    const operations = Object.entries(document.paths)
      .flatMap(([path, byMethod]) =>
        Object.entries(byMethod).map(([method, operation]) => ({ path, method, operation })),
      )
      // What deletes comes last, and what registers first.
      .sort((left, right) => rank(left) - rank(right));

    let id = '';
    for (const { path, method, operation } of operations) {
      const media = operation.requestBody?.content['application/json'];
      const [example] = Object.values(media?.examples ?? {});
      const body = example && {
        ...(example.value as object),
        ...('url' in (example.value as object) && { url: receiver.url }),
      };
      const url = `/${system}${path.replace('{id}', id)}`;
      const answer = await call(method.toUpperCase(), url, body);
      expect([operation.operationId, Math.floor(answer.status / 100)]).toEqual([
        operation.operationId,
        2,
      ]);
      id ||= /"id":"(ep_\w+)"/.exec(JSON.stringify(answer.body))?.[1] ?? '';
    }
    expect(id).toMatch(/^ep_/);
    expect(new Set([...seen].map((one) => one.split(' ')[0])).size).toBe(operations.length);

    const [path] = Object.keys(document.paths);
    const nobody = await conformingApi(as(null), `/${system}`);
    expect((await nobody.call('GET', `/${system}${path!}`)).status).toBe(401);
  },
);

function rank({ path, method }: { path: string; method: string }): number {
  if (method === 'delete') return 2;
  return method === 'post' && !path.includes('{') && !path.endsWith('/test') ? 0 : 1;
}
