import type { Design } from './design';

const INK = '#111827';
const SOFT = '#4b5563';
const ACCENT = '#1e3a5f';

/** Much on few pages: small type, narrow margins, an entry's head on one line. */
export const compact: Design = {
  margin: { top: 40, bottom: 44, side: 44 },
  leading: 1.32,
  band: { height: 0, colour: INK },
  header: {
    align: 'left',
    name: { style: 'bold', size: 19, colour: ACCENT },
    title: { style: 'regular', size: 10.5, colour: INK },
    contact: { style: 'regular', size: 8.5, colour: SOFT },
    separator: '|',
    gap: { contact: 3, after: 0 },
    picture: { size: 58, round: false },
  },
  heading: {
    style: 'bold',
    size: 10,
    colour: ACCENT,
    before: 10,
    after: 3,
    rule: { place: 'beside', width: 0.6, colour: '#9ca9b8', gap: 8 },
  },
  entry: {
    title: { style: 'bold', size: 9, colour: INK },
    details: { style: 'regular', size: 9, colour: SOFT },
    period: { style: 'regular', size: 8.5, colour: SOFT },
    before: 5,
    head: 'one-line',
  },
  body: { style: 'regular', size: 8.8, colour: INK },
  note: { style: 'italic', size: 8.5, colour: SOFT },
  gap: { paragraph: 1.5, point: 0.5, note: 1 },
  bullet: { mark: '•', colour: ACCENT, indent: 10 },
  label: { style: 'bold', size: 8.8, colour: INK, before: 1 },
  footer: { style: 'regular', size: 7.5, colour: SOFT },
};
