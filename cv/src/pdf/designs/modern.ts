import type { Design } from './design';

const INK = '#22303c';
const SOFT = '#5a6773';
const ACCENT = '#12637a';

/** One colour beside the ink, a bar above the page and above each heading, much white. */
export const modern: Design = {
  margin: { top: 60, bottom: 58, side: 62 },
  leading: 1.45,
  band: { height: 7, colour: ACCENT },
  header: {
    align: 'left',
    name: { style: 'bold', size: 27, colour: ACCENT },
    title: { style: 'regular', size: 13, colour: INK },
    contact: { style: 'regular', size: 9, colour: SOFT },
    separator: '·',
    gap: { contact: 8, after: 8 },
    picture: { size: 84, round: true },
  },
  heading: {
    style: 'bold',
    size: 12.5,
    colour: ACCENT,
    before: 17,
    after: 6,
    rule: { place: 'bar', width: 2, colour: ACCENT, gap: 5 },
  },
  entry: {
    title: { style: 'bold', size: 10.5, colour: INK },
    details: { style: 'regular', size: 9.5, colour: ACCENT },
    period: { style: 'regular', size: 9.5, colour: SOFT },
    before: 12,
    head: 'two-lines',
  },
  body: { style: 'regular', size: 9.5, colour: INK },
  note: { style: 'regular', size: 9, colour: SOFT },
  gap: { paragraph: 4.5, point: 2, note: 4 },
  bullet: { mark: '•', colour: ACCENT, indent: 13 },
  label: { style: 'bold', size: 9.5, colour: INK, before: 3 },
  footer: { style: 'regular', size: 8, colour: SOFT },
};
