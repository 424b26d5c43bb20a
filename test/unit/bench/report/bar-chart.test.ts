import { type BarChart, barChart } from '../../../../bench/src/report/bar-chart';

const CHART: BarChart = {
  title: 'Deliveries a second',
  series: ['p50', 'p99'],
  groups: [
    { name: '16 clients', values: [10, 40] },
    { name: '64 clients', values: [20, 0], note: '20 % of the limit' },
  ],
  format: (value) => `${value} ms`,
};

/** Widths of the bars, which the legend's squares are not among. */
const bars = (svg: string): number[] =>
  [...svg.matchAll(/<rect [^>]*width="([\d.]+)" height="16"/g)].map(([, width]) => Number(width));

const texts = (svg: string): string[] =>
  [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, content]) => content ?? '');

describe('a bar chart', () => {
  it('has bars as long as their values', () => {
    const [first, second, third, fourth] = bars(barChart(CHART)) as [
      number,
      number,
      number,
      number,
    ];
    expect(second / first).toBeCloseTo(4, 1);
    expect(third / first).toBeCloseTo(2, 1);
    expect(fourth).toBe(0);
  });

  it('says in text what it shows', () => {
    expect(texts(barChart(CHART))).toEqual([
      ...['Deliveries a second', 'p50', 'p99'],
      ...['16 clients', '10 ms', '40 ms'],
      ...['64 clients', '20 ms', '0 ms, 20 % of the limit'],
    ]);
    expect(barChart(CHART)).toContain('role="img" aria-label="Deliveries a second"');
  });

  it('puts stacked bars end to end, and writes their sum', () => {
    const svg = barChart({ ...CHART, stacked: true });
    const [first, second] = [
      ...svg.matchAll(/<rect x="([\d.]+)"[^>]*width="([\d.]+)" height="16"/g),
    ];
    expect(Number(second?.[1])).toBeCloseTo(Number(first?.[1]) + Number(first?.[2]), 0);
    expect(texts(svg)).toContain('50 ms');
  });

  it('draws what is less than nothing as nothing', () => {
    const svg = barChart({ ...CHART, groups: [{ name: 'early', values: [-3, 1] }] });
    expect(bars(svg)[0]).toBe(0);
    expect(texts(svg)).toContain('-3 ms');
  });

  it('needs no legend where there is one series', () => {
    const svg = barChart({
      ...CHART,
      series: ['p50'],
      groups: [{ name: '16 clients', values: [10] }],
    });
    expect(texts(svg)).toEqual(['Deliveries a second', '16 clients', '10 ms']);
  });

  it('has no bars where there is nothing to show', () => {
    expect(bars(barChart({ ...CHART, groups: [] }))).toEqual([]);
    expect(bars(barChart({ ...CHART, groups: [{ name: 'none', values: [0, 0] }] }))).toEqual([
      0, 0,
    ]);
  });

  it('keeps names that look like markup text', () => {
    const svg = barChart({ ...CHART, title: 'a < b & "c"' });
    expect(svg).toContain('<title>a &lt; b &amp; &quot;c&quot;</title>');
  });
});
