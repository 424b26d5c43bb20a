import { destinationOf, destinations, hostOf } from '@careerhooks/destinations';
import { EgressError } from '@careerhooks/egress';

const POLICY = { httpsOnly: true, publicOnly: true, allow: [] };

describe('the registry of destinations', () => {
  it('has each scheme, name, field and shown field once', () => {
    const all = destinations.flatMap((each) => [
      ...each.schemes,
      `name ${each.name}`,
      `field ${each.settings.field}`,
      ...Object.keys(each.shown).map((field) => `shown ${field}`),
    ]);
    expect(new Set(all).size).toBe(all.length);
  });

  it.each(destinations.map((each) => [each.name, each] as const))(
    'has a %s that shows the same fields of each endpoint, and of those of others',
    (_, destination) => {
      const { url, shown } = destination;
      const endpoints = [
        undefined,
        { url: url.example, hasSettings: false },
        { url: url.example, hasSettings: true },
      ];
      for (const endpoint of endpoints) {
        const fields = destination.show(endpoint);
        expect(Object.keys(fields)).toEqual(Object.keys(shown));
        for (const [name, schema] of Object.entries(shown)) schema.parse(fields[name]);
      }
    },
  );

  it.each(destinations.map((each) => [each.name, each] as const))(
    'finds a %s by its URLs',
    (_, destination) => {
      expect(destinationOf(destination.url.example)).toBe(destination);
    },
  );

  it.each(['HTTPS://hooks.example.com', 'http://localhost:5678/hook'])(
    'takes %s for a webhook',
    (url) => expect(destinationOf(url).name).toBe('webhook'),
  );

  it.each([
    ['ftp://files.example.com/in', 'url_scheme'],
    ['no URL', 'invalid_url'],
  ])('has %s refused: %s', (url, code) => {
    const check = (): void => {
      destinationOf(url).checkUrl(url, POLICY);
    };
    expect(check).toThrow(EgressError);
    expect(check).toThrow(expect.objectContaining({ code }) as Error);
  });
});

test.each([
  ['https://hooks.example.com:8443/secret?token=1', 'hooks.example.com:8443'],
  ['https://hooks.example.com:443/', 'hooks.example.com'],
  ['spool://box.example.com/lines', 'box.example.com'],
  ['spool:lines', 'spool:'],
  ['no URL', ''],
])('of %s, logs and summaries show “%s”', (url, shown) => {
  expect(hostOf(url)).toBe(shown);
});
