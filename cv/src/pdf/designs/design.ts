import type { Style } from '../text';

/** How a text looks. */
export interface Look {
  style: Style;
  /** Points. */
  size: number;
  colour: string;
}

/** What makes one design differ from another. All lengths are in points. */
export interface Design {
  margin: { top: number; bottom: number; side: number };
  /** Between the beginnings of two lines, as a multiple of their size. */
  leading: number;
  /** A bar over the whole width at the first page's top; 0 for none. */
  band: { height: number; colour: string };
  header: {
    align: 'left' | 'center';
    name: Look;
    title: Look;
    contact: Look;
    /** What parts the items of the contact line. */
    separator: string;
    /** Above the contact line, and below the header. */
    gap: { contact: number; after: number };
    /** The picture's width and height, and whether it is cut to a circle. */
    picture: { size: number; round: boolean };
  };
  heading: Look & {
    before: number;
    after: number;
    /** `below` the heading over the whole width, `beside` it until the right margin, or a short `bar` above it. */
    rule: { place: 'below' | 'beside' | 'bar'; width: number; colour: string; gap: number };
  };
  entry: {
    title: Look;
    details: Look;
    period: Look;
    before: number;
    /** Whether the title, the place and the time stand on one line where they fit. */
    head: 'two-lines' | 'one-line';
  };
  body: Look;
  note: Look;
  /** Before a paragraph, a point and a note. */
  gap: { paragraph: number; point: number; note: number };
  bullet: { mark: string; colour: string; indent: number };
  /** Of a row: it stands at the beginning of its text. */
  label: Look & { before: number };
  footer: Look;
}
