import { createHash } from 'node:crypto';
import fc from 'fast-check';
import {
  type ApiKeyEntry,
  formatEntry,
  type JournalEntry,
  readEntries,
} from '../../../../store/src/journal/entry';

function entry(id: string, updatedAt: number, url = 'https://receiver.example'): JournalEntry {
  const endpoint = { id, url, updated_at: updatedAt } as JournalEntry['endpoint'];
  return { database: '1', endpoint, keys: [] };
}

function keyEntry(id: string, revokedAt: number | null): ApiKeyEntry {
  return { database: '1', apiKey: { id, revoked_at: revokedAt } as ApiKeyEntry['apiKey'] };
}

const journal = (...entries: (JournalEntry | ApiKeyEntry)[]): string =>
  entries.map(formatEntry).join('');

describe('the journal of endpoints', () => {
  it('gives back what was appended, the oldest change first', () => {
    const entries = [entry('a', 1), entry('b', 2, 'https://ä.example/a b')];
    expect(readEntries(journal(entries[1]!, entries[0]!))).toEqual({
      entries,
      apiKeys: [],
      damaged: 0,
    });
    expect(readEntries('')).toEqual({ entries: [], apiKeys: [], damaged: 0 });
  });

  it('keeps the newest state of an endpoint: by its time, then by its place', () => {
    const text = journal(entry('a', 2, 'newest'), entry('a', 1, 'older'), entry('b', 3, 'first'));
    const { entries } = readEntries(text + journal(entry('b', 3, 'second')));
    expect(entries.map(({ endpoint }) => endpoint.url)).toEqual(['newest', 'second']);
  });

  it('leaves out a line that a crash has torn, and none that follows', () => {
    const torn = journal(entry('b', 2)).slice(0, -5);
    const last = readEntries(journal(entry('a', 1)) + torn);
    expect([last.entries, last.damaged]).toEqual([[entry('a', 1)], 1]);
    const middle = readEntries(journal(entry('a', 1)) + torn + journal(entry('c', 3)));
    expect([middle.entries, middle.damaged]).toEqual([[entry('a', 1), entry('c', 3)], 1]);
  });

  it('leaves out a line with a changed character', () => {
    const text = journal(entry('a', 1)).replace('receiver', 'deceiver');
    expect(readEntries(text)).toEqual({ entries: [], apiKeys: [], damaged: 1 });
  });

  it('has a key as revoked as soon as one line says so, wherever that stands', () => {
    const made = keyEntry('key_1', null);
    const revoked = keyEntry('key_1', 5);
    expect(readEntries(journal(made)).apiKeys).toEqual([made]);
    expect(readEntries(journal(made, revoked)).apiKeys).toEqual([revoked]);
    expect(readEntries(journal(revoked, made)).apiKeys).toEqual([revoked]);
  });

  it('has keys in lines that versions which know endpoints alone take for damaged', () => {
    const text = journal(entry('a', 1), keyEntry('key_1', null));
    const lines = text.split('\n').filter((line) => line !== '');
    const sumOf = (json: string): string =>
      createHash('sha256').update(json).digest('hex').slice(0, 16);
    // What those versions do with a line.
    const isSound = lines.map((line) => {
      const [sum = '', ...rest] = line.split(' ');
      return sumOf(rest.join(' ')) === sum;
    });
    expect(isSound).toEqual([true, false]);
  });

  it('takes no line that is sound, but has what it does not know', () => {
    const later = formatEntry({ database: '1', wonder: {} } as unknown as JournalEntry);
    expect(readEntries(later)).toEqual({ entries: [], apiKeys: [], damaged: 1 });
  });
});

describe('reading a journal', () => {
  it('never fails, whatever is in the file, and takes no line that was not appended', () => {
    const noise = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.json(),
      // The shape of a line, with a checksum that is not its own.
      fc.json().map((json) => `0123456789abcdef ${json}`),
    );
    fc.assert(
      fc.property(fc.array(noise), (lines) => {
        const { entries, damaged } = readEntries(lines.join('\n'));
        expect(entries).toEqual([]);
        expect(damaged).toBe(
          lines
            .join('\n')
            .split('\n')
            .filter((line) => line !== '').length,
        );
      }),
    );
  });

  it('finds every whole entry, whatever stands between them', () => {
    const noise = fc.string().filter((text) => !text.includes('\n'));
    fc.assert(
      fc.property(fc.array(fc.tuple(noise, fc.string({ unit: 'grapheme' }))), (parts) => {
        const entries = parts.map(([, url], index) => entry(`ep_${index}`, index, url));
        const text = parts.map(([torn], index) => `\n${torn}${formatEntry(entries[index]!)}`);
        expect(readEntries(text.join('')).entries).toEqual(entries);
      }),
    );
  });

  it('takes no entry of which one character was changed', () => {
    const text = formatEntry(entry('ep_1', 1));
    fc.assert(
      fc.property(
        fc.nat(text.length - 2),
        fc.string({ minLength: 1, maxLength: 1 }),
        (...given) => {
          const [before, character] = given;
          const place = before + 1;
          fc.pre(text[place] !== character);
          const changed = text.slice(0, place) + character + text.slice(place + 1);
          expect(readEntries(changed).entries).toEqual([]);
        },
      ),
    );
  });
});
