import { formatEntry, type JournalEntry, readEntries } from '../../../../store/src/journal/entry';

function entry(id: string, updatedAt: number, url = 'https://receiver.example'): JournalEntry {
  const endpoint = { id, url, updated_at: updatedAt } as JournalEntry['endpoint'];
  return { database: '1', endpoint, keys: [] };
}

const journal = (...entries: JournalEntry[]): string => entries.map(formatEntry).join('');

describe('the journal of endpoints', () => {
  it('gives back what was appended, the oldest change first', () => {
    const entries = [entry('a', 1), entry('b', 2, 'https://ä.example/a b')];
    expect(readEntries(journal(entries[1]!, entries[0]!))).toEqual({ entries, damaged: 0 });
    expect(readEntries('')).toEqual({ entries: [], damaged: 0 });
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
    expect(readEntries(text)).toEqual({ entries: [], damaged: 1 });
  });
});
