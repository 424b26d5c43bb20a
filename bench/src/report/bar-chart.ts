/** Horizontal bars in groups. */
export interface BarChart {
  title: string;
  /** What each bar of a group stands for. */
  series: readonly string[];
  groups: readonly BarGroup[];
  /** Whether a group's bars stand end to end in one row, rather than below each other. */
  stacked?: boolean;
  /** How a bar's value is written beside it (of stacked ones, their sum). */
  format(value: number): string;
}

export interface BarGroup {
  name: string;
  /** One for each of the series. */
  values: readonly number[];
  /** Written after the value of the last bar: its share, say. */
  note?: string;
}

const WIDTH = 760;
const LABELS = 250;
const VALUES = 170;
const BAR = 16;
const BAR_GAP = 3;
const GROUP_GAP = 12;
const TITLE = 32;
const LEGEND = 24;

/** Each of them stands out from white and from black. */
const COLOURS = ['#3b82c4', '#d97b29', '#4c9a62'];
const TEXT = '#76808c';

/**
 * Draws it as SVG, without a background: its colours are readable on a light and
 * on a dark page, and its text is text. A bar that is less than nothing is drawn
 * as nothing.
 */
export function barChart(chart: BarChart): string {
  const rowsInGroup = chart.stacked === true ? 1 : chart.series.length;
  const groupHeight = rowsInGroup * (BAR + BAR_GAP) + GROUP_GAP;
  const head = chart.series.length === 1 ? TITLE : TITLE + LEGEND;
  const height = head + chart.groups.length * groupHeight;
  const longest = Math.max(...chart.groups.map(({ values }) => lengthOf(chart, values)), 0);
  const scale = longest === 0 ? 0 : (WIDTH - LABELS - VALUES) / longest;
  const groups = chart.groups.map((group, index) =>
    drawGroup(chart, group, { top: head + index * groupHeight, scale, rowsInGroup }),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escape(chart.title)}" font-family="system-ui, sans-serif" font-size="13" fill="${TEXT}">`,
    `<title>${escape(chart.title)}</title>`,
    `<text x="0" y="16" font-size="15" font-weight="600">${escape(chart.title)}</text>`,
    ...drawLegend(chart.series),
    ...groups.flat(),
    '</svg>',
    '',
  ].join('\n');
}

function lengthOf({ stacked }: BarChart, values: readonly number[]): number {
  const lengths = values.map((value) => Math.max(0, value));
  return stacked === true ? lengths.reduce((sum, each) => sum + each, 0) : Math.max(...lengths);
}

/** The title says what bars of one series are. */
function drawLegend(series: readonly string[]): string[] {
  if (series.length === 1) return [];
  let x = LABELS;
  return series.flatMap((name, index) => {
    const at = x;
    x += 40 + name.length * 7;
    return [
      `<rect x="${at}" y="28" width="12" height="12" rx="2" fill="${colourOf(index)}"/>`,
      text(at + 18, 39, name),
    ];
  });
}

function drawGroup(
  chart: BarChart,
  { name, values, note }: BarGroup,
  { top, scale, rowsInGroup }: { top: number; scale: number; rowsInGroup: number },
): string[] {
  const middle = top + (rowsInGroup * (BAR + BAR_GAP) - BAR_GAP) / 2;
  const label = text(LABELS - 10, middle + 4.5, name, 'end');
  const noted = (value: string, isLast: boolean): string =>
    isLast && note !== undefined ? `${value}, ${note}` : value;
  if (chart.stacked === true) {
    let x = LABELS;
    const bars = values.map((value, index) => {
      const width = Math.max(0, value) * scale;
      const bar = rect(x, top, width, index);
      x += width;
      return bar;
    });
    const sum = values.reduce((total, value) => total + value, 0);
    return [label, ...bars, text(x + 6, top + 12.5, noted(chart.format(sum), true))];
  }
  const drawn = values.flatMap((value, index) => {
    const y = top + index * (BAR + BAR_GAP);
    const width = Math.max(0, value) * scale;
    const written = noted(chart.format(value), index === values.length - 1);
    return [rect(LABELS, y, width, index), text(LABELS + width + 6, y + 12.5, written)];
  });
  return [label, ...drawn];
}

function rect(x: number, y: number, width: number, series: number): string {
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${BAR}" rx="2" fill="${colourOf(series)}"/>`;
}

function text(x: number, y: number, content: string, anchor = 'start'): string {
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escape(content)}</text>`;
}

const colourOf = (series: number): string => COLOURS[series % COLOURS.length] ?? TEXT;
const round = (value: number): number => Math.round(value * 10) / 10;

function escape(content: string): string {
  return content
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
