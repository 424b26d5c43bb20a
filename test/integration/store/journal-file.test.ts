import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { appendJournal, rewriteJournal } from '../../../store/src/journal/journal-file';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'careerhooks-journal-'));
  path = join(folder, 'endpoints.journal');
});
afterEach(() => rm(folder, { recursive: true }));

const WRITERS = 8;
const ROUNDS = 100;

test('a journal that is written anew over and over has each line that other processes append meanwhile', async () => {
  const lines: string[] = [];
  const append = async (writer: number): Promise<void> => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const line = `line ${round} of process ${writer}`;
      await appendJournal(path, `\n${line}`);
      lines.push(line);
    }
  };
  const appending = { done: false };
  const writers = Array.from({ length: WRITERS }, (_, writer) => append(writer));
  const appended = Promise.all(writers).finally(() => (appending.done = true));
  let rewritten = 0;
  do {
    await rewriteJournal(path, async (text) => {
      await sleep(rewritten % 4);
      return { text, setAside: undefined };
    });
    rewritten += 1;
  } while (!appending.done);
  await appended;

  const kept = new Set((await readFile(path, 'utf8')).split('\n'));
  expect(rewritten).toBeGreaterThan(5);
  expect(lines).toHaveLength(WRITERS * ROUNDS);
  expect(lines.filter((line) => !kept.has(line))).toEqual([]);
});

test('a line that was half written when the file was read is in the new one, whole', async () => {
  const writer = await open(path, 'a');
  try {
    await writer.write('\nwritten before, ');
    await rewriteJournal(path, async (text) => {
      await writer.write('and after');
      return { text: `${text}\nnew`, setAside: undefined };
    });
  } finally {
    await writer.close();
  }
  const kept = (await readFile(path, 'utf8')).split('\n');
  expect(kept).toContain('new');
  expect(kept).toContain('written before, and after');
});
