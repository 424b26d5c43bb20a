import fc from 'fast-check';
import { challengeBody, generateChallenge, redactChallenge } from '@careerhooks/systems';

const challenge = 'kJ3-xQ_7vYb0aZp9LmT2cW8rNdE5fGh1iUoS4qXyA6B';
const bytes = Buffer.from(challenge);
const body = challengeBody(challenge);

test('an answer without it is shown as it is', () => {
  const page =
    '<!doctype html>\n<title>404</title> GET /hook?id=0190b1c2-4f5e-7a8b-9c0d-1e2f3a4b5c6d';
  expect(redactChallenge(challenge, page)).toBe(page);
});

test('its text is cut out, and the rest of the answer is shown', () => {
  expect(redactChallenge(challenge, `<p>You sent ${challenge}!</p> ${challenge}`)).toBe(
    '<p>You sent [challenge]!</p> [challenge]',
  );
});

/** What echo services and pages make of a request's body. */
const FORMS: [string, string][] = [
  ['a part of it', `{"challenge":"${challenge.slice(0, 40)}"}`],
  ['its end', challenge.slice(-12)],
  ['upper case', challenge.toUpperCase()],
  ['line breaks', challenge.replace(/.{10}/g, '$&\r\n')],
  ['quoted-printable', challenge.replace(/.{20}/g, '$&=\r\n').replaceAll('_', '=5F')],
  ['HTML entities', challenge.replaceAll('-', '&#45;').replaceAll('_', '&#x5f;')],
  ['entities alone', [...bytes].map((each) => `&#${each};`).join('')],
  ['a URL', [...bytes].map((each) => `%${each.toString(16)}`).join('')],
  ['JSON escapes', [...bytes].map((each) => `\\u00${each.toString(16)}`).join('')],
  ['Markdown', challenge.replaceAll('_', '\\_')],
  ['UTF-16', Buffer.from(challenge, 'utf16le').toString('latin1')],
  ['base64 of the body', body.toString('base64')],
  ['base64 in lines', body.toString('base64').replace(/.{16}/g, '$&\n')],
  ['base64url of it', Buffer.from(`x${challenge}`).toString('base64url')],
  ['hexadecimal', body.toString('hex')],
  ['a dump', body.toString('hex').replace(/.{4}/g, '$& ').replace(/.{40}/g, '$&\n')],
  ["Node's Buffer as JSON", JSON.stringify(body)],
];

test.each(FORMS)('as %s it is withheld', (_, answer) => {
  expect(redactChallenge(challenge, answer)).toBe(
    '[withheld: it has the challenge in another form]',
  );
});

test('no challenge is ever shown, wherever it is in whatever is answered', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, after) => {
      const secret = generateChallenge();
      expect(redactChallenge(secret, `${before}${secret}${after}`)).not.toContain(secret);
    }),
  );
});
