const MARK = '[challenge]';

/** What stands for an answer that tells the challenge in a form which cannot be cut out. */
const WITHHELD = '[withheld: it has the challenge in another form]';

/** So many characters of a challenge in a row are no coincidence. */
const WINDOW = 8;

/**
 * A receiver's answer without the challenge, for showing to whoever registered it: they could prove
 * somebody else's URL with what an echo service, or a page that shows its request, answers.
 *
 * The text itself is cut out. An answer that has a part of it, or has it encoded as echo services do
 * (base64, hexadecimal, lists of bytes, escapes of HTML, URLs, JSON, quoted-printable), in any case and
 * with anything between the characters, is withheld as a whole.
 */
export function redactChallenge(challenge: string, answer: string): string {
  const text = answer.replaceAll(challenge, MARK);
  const views = [text, unescape(text)].map(compact);
  return tracesOf(challenge).some((trace) => views.some((view) => view.includes(trace)))
    ? WITHHELD
    : text;
}

function tracesOf(challenge: string): string[] {
  const windows = Array.from({ length: Math.max(0, challenge.length - WINDOW + 1) }, (_, from) =>
    challenge.slice(from, from + WINDOW),
  );
  return windows
    .flatMap((part) => {
      const bytes = Buffer.from(part);
      return [
        part,
        bytes.toString('hex'),
        [...bytes].join(','),
        ...[0, 1, 2].map((offset) => base64Of(bytes, offset)),
      ];
    })
    .map(compact)
    .filter((trace) => trace.length >= WINDOW - 2);
}

/** Those characters of base64 that stand for `bytes` alone, where they begin at this place of three. */
function base64Of(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  const begin = Math.ceil((offset * 8) / 6);
  const end = Math.floor(((offset + bytes.length) * 8) / 6);
  return text.slice(begin, end);
}

/** Letters and digits alone, in one case: what remains however a text is wrapped or its case changed. */
function compact(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}

const ESCAPES =
  /%([0-9a-f]{2})|&#x([0-9a-f]{1,6});|&#([0-9]{1,7});|\\u([0-9a-f]{4})|=([0-9a-f]{2})/gi;

function unescape(text: string): string {
  return text.replace(ESCAPES, (_, ...groups: (string | undefined)[]) => {
    const [percent, entity, decimal, unicode, quoted] = groups;
    const hex = percent ?? entity ?? unicode ?? quoted;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}
