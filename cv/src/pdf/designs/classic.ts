import type { Design } from './design';

const INK = '#1a1a1a';
const SOFT = '#4a4a4a';

/** Black on white, its header in the middle, a rule under each heading. */
export const classic: Design = {
  margin: { top: 54, bottom: 56, side: 58 },
  leading: 1.42,
  band: { height: 0, colour: INK },
  header: {
    align: 'center',
    name: { style: 'bold', size: 23, colour: INK },
    title: { style: 'regular', size: 11.5, colour: SOFT },
    contact: { style: 'regular', size: 9, colour: SOFT },
    separator: '|',
    gap: { contact: 7, after: 4 },
    picture: { size: 76, round: false },
  },
  heading: {
    style: 'bold',
    size: 11.5,
    colour: INK,
    before: 15,
    after: 7,
    rule: { place: 'below', width: 0.75, colour: '#8c8c8c', gap: 2 },
  },
  entry: {
    title: { style: 'bold', size: 10, colour: INK },
    details: { style: 'italic', size: 9.5, colour: SOFT },
    period: { style: 'regular', size: 9.5, colour: SOFT },
    before: 10,
    head: 'two-lines',
  },
  body: { style: 'regular', size: 9.5, colour: INK },
  note: { style: 'italic', size: 9, colour: SOFT },
  gap: { paragraph: 4, point: 1.5, note: 3 },
  bullet: { mark: '•', colour: INK, indent: 13 },
  label: { style: 'bold', size: 9.5, colour: INK, before: 2.5 },
  footer: { style: 'regular', size: 8, colour: SOFT },
};
