import { pino } from 'pino';
import { tellRecovery } from '../../../../cli/src/start/tell-recovery';

const NOTHING = { recovered: [], refused: [], keys: [], revoked: [], damaged: 0 };

function told(recovery: Parameters<typeof tellRecovery>[0]): string[] {
  const lines: string[] = [];
  tellRecovery(recovery, pino({ level: 'silent' }), (line) => lines.push(line));
  return lines;
}

describe('what a start says of the journal of endpoints', () => {
  it('is nothing where all is well', () => {
    expect(told(NOTHING)).toEqual([]);
  });

  it('names how many endpoints came back, and which', () => {
    const [line] = told({ ...NOTHING, recovered: ['ep_1', 'ep_2'] });
    expect(line).toMatch(/^Warning: .* came 2: ep_1, ep_2\.$/);
  });

  it('names keys that came back, and those that are revoked again', () => {
    expect(told({ ...NOTHING, keys: ['key_1'], revoked: ['key_2'] })).toEqual([
      expect.stringMatching(/from the journal came 1 keys: key_1\.$/),
      expect.stringMatching(/revoked again: key_2\.$/),
    ]);
  });

  it('names what could not be put back, what was damaged, and what was set aside', () => {
    const lines = told({ ...NOTHING, refused: ['ep_3'], damaged: 1, setAside: '/data/j.1' });
    expect(lines).toEqual([
      expect.stringContaining('ep_3'),
      expect.stringContaining('1 damaged'),
      expect.stringContaining('/data/j.1'),
    ]);
  });
});
