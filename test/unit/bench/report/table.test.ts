import { formatTable } from '../../../../bench/src/report/table';
import { judge } from '../../../../bench/src/report/targets';
import { runOf, SIXTEEN } from './figures';

describe('the printed table', () => {
  const idle = {
    scenario: 'idle',
    name: 'at 10 events a second',
    receivedMs: { p50: 0.5, p99: 20 },
  };
  const figures = [SIXTEEN, idle];
  const lines = formatTable(runOf(figures), judge(figures)).split('\n');
  const line = (name: string) => lines.find((each) => each.startsWith(name));

  it('shows rates with their share of the limit, percentiles, CPU and memory', () => {
    expect(line('deliveries, 16 clients')?.split(/ {3,}/)).toEqual([
      ...['deliveries, 16 clients', '1,234', '24.7 %', '12.3 / 56.8', '-0.2 / 9.9'],
      ...['0.61 + 0.10', '300 + 170'],
    ]);
  });

  it('leaves out what was not measured', () => {
    expect(line('at 10 events')?.split(/ {3,}/)).toEqual(['at 10 events a second', '0.5 / 20.0']);
  });

  it('has its columns one below the other', () => {
    const end = (text: string) =>
      (lines.find((each) => each.includes(text)) ?? '').indexOf(text) + text.length;
    expect(end('received p50 / p99 ms')).toBe(end('0.5 / 20.0'));
  });

  it('says which targets were met', () => {
    expect(line('accepted to received at 10/s, p50')).toMatch(/≤ 1 ms +0\.5 ms +met$/);
    expect(line('accepted to received at 10/s, p99')).toMatch(/≤ 10 ms +20\.0 ms +NOT met$/);
  });

  it('names the machine, the day, the load, and what came twice', () => {
    const notes = lines.slice(-4).join('\n');
    for (const note of [
      '2 × An Invented CPU',
      '2026-01-31',
      'load before 0.2',
      '1 received twice',
    ]) {
      expect(notes).toContain(note);
    }
  });
});
