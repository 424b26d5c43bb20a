import {
  checkHeaders,
  checkUrl,
  EgressError,
  isPublicAddress,
  parseCidrs,
  parseRetryAfter,
} from '@careerhooks/egress';
import fc from 'fast-check';

const STRICT = { httpsOnly: true, publicOnly: true, allow: [] };

const anyText = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.webUrl());

/** URLs as they are made to get past a check: odd hosts, ports, credentials, blanks. */
const oddUrl = fc
  .tuple(
    fc.constantFrom('https://', 'http://', 'HTTPS:\\\\', 'https:', 'file://', 'gopher://', '//'),
    fc.constantFrom('', 'user@', 'user:pass@', '@', '%40'),
    fc.oneof(
      fc.ipV4(),
      fc.ipV4Extended(),
      fc.ipV6().map((address) => `[${address}]`),
      fc.constantFrom(
        'localhost',
        'LOCALHOST.',
        '127.1',
        '0x7f.1',
        '①②⑦.⓪.⓪.①',
        '[::ffff:127.0.0.1]',
      ),
      fc.domain(),
      fc.string(),
    ),
    fc.constantFrom('', ':0', ':443', ':99999', ':', '#', '?', '/\\', '\t', '\n'),
  )
  .map((parts) => parts.join(''));

/** `undefined` where it passed, or the refusal. */
function refusal(work: () => unknown): EgressError | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof EgressError) return error;
    throw error;
  }
}

test('a URL that passes is https, of no address that is not public, without credentials', () => {
  fc.assert(
    fc.property(fc.oneof(oddUrl, anyText), (url) => {
      if (refusal(() => checkUrl(url, STRICT)) !== undefined) return;
      const { protocol, hostname, username, password, port } = new URL(url);
      expect(protocol).toBe('https:');
      expect([username, password]).toEqual(['', '']);
      expect(port).not.toBe('0');
      expect(hostname).not.toMatch(/(^|\.)localhost\.?$/);
      const address = hostname.replace(/^\[|\]$/g, '');
      if (/^[\d.]+$|:/.test(address)) expect(isPublicAddress(address)).toBe(true);
    }),
    { numRuns: 2000, examples: [['https://.']] },
  );
});

test('headers that pass split no request, and a refusal repeats no value', () => {
  const value = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('a\r\nb: c', '\0'),
  );
  const name = fc.oneof(
    fc.string(),
    fc.constantFrom(
      'Host',
      'content-LENGTH',
      'Transfer-Encoding',
      '__proto__',
      'x-ok',
      'x ok',
      'x:',
    ),
  );
  fc.assert(
    fc.property(name, value, (header, content) => {
      const headers = Object.fromEntries([[header, content]]);
      const refused = refusal(() => checkHeaders(headers));
      if (refused === undefined) {
        expect(`${header}: ${content}`).toMatch(/^[^\s:()]+: [\t\x20-\x7e\x80-\xff]*$/);
        expect(header.toLowerCase()).not.toMatch(/^(host|content-length|transfer-encoding)$/);
        expect(() => new Headers([[header, content]])).not.toThrow();
      } else if (content.length > 8 && !header.includes(content)) {
        expect(refused.message).not.toContain(content);
      }
    }),
    { numRuns: 1000 },
  );
});

test('Retry-After is a time to wait of at least nothing, or is passed over', () => {
  const nowMs = Date.UTC(2026, 0, 15);
  const times = fc.oneof(
    fc.string(),
    fc.integer().map(String),
    fc.bigInt().map(String),
    fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
  );
  fc.assert(
    fc.property(times, (text) => {
      const wait = parseRetryAfter(text, nowMs);
      expect(wait === undefined || (Number.isSafeInteger(wait) && wait >= 0)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('Retry-After means the date that it was made from, to the second', () => {
  const date = fc.date({
    min: new Date('1970-01-01'),
    max: new Date('9999-12-31'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(date, date, (at, now) => {
      const seconds = Math.floor(at.getTime() / 1000) * 1000;
      expect(parseRetryAfter(at.toUTCString(), now.getTime())).toBe(
        Math.max(0, seconds - now.getTime()),
      );
    }),
  );
});

test('ranges are read the same once they have been written down, or are refused', () => {
  const entry = fc.oneof(
    fc.string(),
    fc.tuple(fc.ipV4(), fc.integer({ min: -1, max: 33 })).map((parts) => parts.join('/')),
    fc.tuple(fc.ipV6(), fc.integer({ min: -1, max: 129 })).map((parts) => parts.join('/')),
  );
  fc.assert(
    fc.property(entry, (text) => {
      let ranges: string[];
      try {
        ranges = parseCidrs(text);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
        return;
      }
      expect(parseCidrs(ranges.join(','))).toEqual(ranges);
    }),
    { numRuns: 1000 },
  );
});
