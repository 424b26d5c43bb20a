import { pino } from 'pino';
import { createVoice } from '../../../../cli/src/start/voice';

function speak(forMachines: boolean): { logged: object[]; printed: string[] } {
  const logged: object[] = [];
  const printed: string[] = [];
  const log = pino(
    { base: null, timestamp: false },
    { write: (line: string) => void logged.push(JSON.parse(line) as object) },
  );
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed.push(String(text));
    return true;
  });
  try {
    const { say, report } = createVoice(log, forMachines);
    say('A banner\nof lines', { message: 'ready', facts: { url: 'http://127.0.0.1' } });
    say('Stopped.');
    report('downloading');
    report('Warning: logged.', { logged: true });
  } finally {
    write.mockRestore();
  }
  return { logged, printed };
}

it('prints for a person', () => {
  expect(speak(false)).toEqual({
    logged: [],
    printed: ['A banner\nof lines\n', 'Stopped.\n', 'downloading\n', 'Warning: logged.\n'],
  });
});

it('logs for machines, nothing twice', () => {
  expect(speak(true)).toEqual({
    logged: [
      { level: 30, url: 'http://127.0.0.1', msg: 'ready' },
      { level: 30, msg: 'Stopped.' },
      { level: 30, msg: 'downloading' },
    ],
    printed: [],
  });
});
