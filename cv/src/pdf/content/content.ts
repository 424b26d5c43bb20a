/** A short text on a line, which may lead somewhere. */
export interface Item {
  text: string;
  link?: Link;
}

export interface Link {
  url: string;
  /** What it leads to, in words, for who does not see the page. */
  says: string;
}

/** What an entry says below its head. */
export type Body =
  | { type: 'paragraph'; text: string }
  | { type: 'points'; points: readonly string[] }
  /** Small print: technologies and the like. */
  | { type: 'note'; text: string };

export interface Entry {
  type: 'entry';
  title: Item;
  /** Where, for whom: behind the title. */
  details: Item[];
  /** When: behind the details. Empty where nothing is known. */
  period: string;
  /** Where on the web: behind the time. */
  address?: Item;
  body: Body[];
}

/** A name with what there is to say of it. */
export interface Row {
  label: Item;
  text: string;
}

export type Part =
  | Entry
  | { type: 'rows'; rows: Row[] }
  | { type: 'line'; items: Item[] }
  | Exclude<Body, { type: 'points' }>;

export interface Section {
  title: string;
  parts: Part[];
}

/** What a PDF of a CV says, in the order in which it is read, whatever it looks like. */
export interface Content {
  name: string;
  title: string;
  contact: Item[];
  /** Those that have something to say. */
  sections: Section[];
}
