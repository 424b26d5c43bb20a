import { judge } from '../../../../bench/src/report/targets';
import { SIXTEEN } from './figures';

describe('targets', () => {
  const verdict = (figures: Parameters<typeof judge>[0], name: string) =>
    judge(figures).find((target) => target.name === name)?.met;

  it.each([
    [1000, 9000, true],
    [900, 9000, false],
    [900, 6000, true],
  ])('%d deliveries/s where the limit is %d: met %s', (perSecond, limitPerSecond, met) => {
    const figures = [{ ...SIXTEEN, perSecond, limitPerSecond }];
    expect(verdict(figures, 'deliveries, 16 clients')).toBe(met);
  });

  it("compares others' p99 with a run where all are well", () => {
    const of = (name: string, p99: number) => ({
      scenario: 'hanging',
      name,
      receivedMs: { p50: 1, p99 },
    });
    const well = of('the same load as with one hanging, one dead, all well', 10);
    const name = "others' p99, one hanging and one dead";
    expect(verdict([well, of('with one hanging, one dead', 20)], name)).toBe(true);
    expect(verdict([well, of('with one hanging, one dead', 21)], name)).toBe(false);
  });

  it('compares the cost of a delivery in a full database with that in an almost empty one', () => {
    const of = (count: string, careerhooks: number) => ({
      scenario: 'history',
      name: `deliveries, ${count} in the database`,
      cpuSecondsPer1000: { careerhooks, temporal: 0.2 },
    });
    const name = 'cost of a delivery beside 1,000,000 against 10,000';
    expect(verdict([of('10,000', 0.8), of('1,000,000', 1)], name)).toBe(true);
    expect(verdict([of('10,000', 0.8), of('1,000,000', 1.2)], name)).toBe(false);
  });

  it('says nothing of what was not measured', () => {
    expect(judge([])).toEqual([]);
  });
});
