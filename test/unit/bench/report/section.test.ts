import { drawCharts } from '../../../../bench/src/report/charts';
import { sectionOf, withFigures } from '../../../../bench/src/report/section';
import { judge } from '../../../../bench/src/report/targets';
import { runOf, SIXTEEN } from './figures';

const PAGE = `# Performance

<!-- figures: written by \`npm run bench -- --docs\` -->

old figures

<!-- end of the figures -->

## How to read them
`;

describe('the figures in docs/performance.md', () => {
  const charts = drawCharts([SIXTEEN]);
  const section = sectionOf(runOf([SIXTEEN]), judge([SIXTEEN]), charts);

  it('take the place of the old ones, and of nothing else', () => {
    const page = withFigures(PAGE, section);
    expect(page).not.toContain('old figures');
    expect(page).toContain('| deliveries, 16 clients |');
    expect(withFigures(page, 'old figures')).toBe(PAGE);
  });

  it('show the charts that there is something for', () => {
    expect(charts.map(({ file }) => file)).toEqual([
      'performance-rates.svg',
      'performance-cpu.svg',
    ]);
    expect(section).toContain('![Deliveries a second](images/performance-rates.svg)');
  });

  it('are not written where the page has no place for them', () => {
    expect(() => withFigures('# Performance\n', section)).toThrow('lost its markers');
  });
});
