import { checkJson } from '../../limits/check-json';

/** Beyond this, in bytes, a body is not tried in other forms. */
const LARGEST = 64 * 1024;

const ADVICE = 'docs/cv.md, "Traps of real clients"';

/**
 * What the sender of a wrong signature may have done: forms of the body that clients are known to sign
 * while they send another. It confirms to whoever has a signature what that is of, and gives none away.
 *
 * @param fits whether the signature is of the timestamp and these bytes.
 */
export function hintAt(body: Buffer, fits: (bytes: Buffer) => boolean): string {
  if (body.length <= LARGEST) {
    const text = body.toString('utf8');
    for (const [what, forms] of otherForms(text)) {
      if (forms().some((form) => fits(Buffer.from(form)))) return `${what} (${ADVICE}).`;
    }
  }
  return `Sign the timestamp, directly followed by exactly the bytes that are sent as the body (${ADVICE}).`;
}

/** What to say, and of which forms of the body. */
function otherForms(text: string): [string, () => string[]][] {
  return [
    [
      'The signature is of the body with a line end behind it, which was not sent: with curl, send --data-binary instead of -d; with axios, sign what is left after trim()',
      () => [`${text}\n`, `${text}\r\n`],
    ],
    [
      'The signature is of the body without the line end that was sent: sign the bytes of the file, or send none',
      () => [text.replace(/\r?\n$/, '')],
    ],
    [
      "The signature is of the body with its \\n made line breaks, as dash's echo does: write printf %s instead of echo -n",
      () => [unescaped(text), `${unescaped(text)}\n`, `-n ${text}\n`, `-n ${unescaped(text)}\n`],
    ],
    [
      'The signature is of the same JSON, written differently: make the text once, sign it, and send it as it is, with curl by --data-binary, in Python by data= or content= and not json=',
      () => [...spellings(text)],
    ],
    ['The signature has a dot between timestamp and body: there is none', () => [`.${text}`]],
  ];
}

/** As dash's echo writes it: it knows these escapes of JSON, and leaves \" and \u as they are. */
function unescaped(text: string): string {
  return text.replace(/\\[\\bfnrt]/g, (escape) => JSON.parse(`"${escape}"`) as string);
}

/** As JSON.stringify and json.dumps write it: compact, with blanks, indented; with and without letters escaped. */
function* spellings(text: string): Generator<string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
    checkJson(value);
  } catch {
    return;
  }
  for (const form of [compact(value), spaced(value), indented(value, 2), indented(value, 4)]) {
    yield form;
    yield `${form}\n`;
    const ascii = form.replace(/[^\0-\x7f]/g, escaped);
    if (ascii !== form) yield ascii;
  }
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function compact(value: unknown): string {
  return JSON.stringify(value);
}

function indented(value: unknown, blanks: number): string {
  return JSON.stringify(value, null, blanks);
}

/** `{"a": 1, "b": [2, 3]}` */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([key, inner]) => `${JSON.stringify(key)}: ${spaced(inner)}`,
  );
  return `{${members.join(', ')}}`;
}
