const NO_ADDRESS = 'an account without an address is a link all the same';
const NO_LINK = 'of an entry without a site it makes a link without text, which nobody sees';
const NO_PICTURE = 'it has a picture whether there is one or not';
const LEVELS = 'a level is one of four words to it, or a number';
const NOW = 'it prints the day on which it renders in place of Present';
const HELPER = 'an award’s date is the name of a helper of its templates, which gets none';

/**
 * What themes do wrong with a document that is valid, and that no other valid document with the same
 * content mends, each with why.
 */
export const KNOWN_FAULTS: Readonly<Record<string, string>> = {
  'actual, sparse: no page': NO_ADDRESS,
  'caffeine, almost empty: empty picture': NO_PICTURE,
  'caffeine, sparse: empty picture': NO_PICTURE,
  'cora, almost empty: no page': 'it reads the first account, school and so on without a look',
  'cora, sparse: empty link': NO_LINK,
  'elegant, sparse: “undefined”': 'a publication without a date',
  'eloquent, almost empty: empty link': 'its script makes the address of its download',
  'eloquent, rich: empty link': 'its script makes the address of its download',
  'eloquent, sparse: empty link': 'its script makes the address of its download',
  'kards, rich: “NaN”': LEVELS,
  'kards, sparse: empty link': NO_ADDRESS,
  'kards, sparse: “NaN”': LEVELS,
  'kendall, rich: empty link': 'it links references, to which the schema gives no address',
  'kendall, sparse: empty link': NO_ADDRESS,
  'modern, almost empty: no page': 'a position without a date',
  'modern, sparse: no page': 'a position without a date',
  'onepage, almost empty: empty link': NO_LINK,
  'onepage, rich: empty link': NO_LINK,
  'onepage, sparse: empty link': NO_LINK,
  'orbit, almost empty: empty picture': NO_PICTURE,
  'orbit, sparse: empty link': NO_ADDRESS,
  'orbit, sparse: empty picture': NO_PICTURE,
  'paper, sparse: empty link': NO_ADDRESS,
  'pumpkin, almost empty: “Present” is this month': NOW,
  'pumpkin, rich: “Present” is this month': NOW,
  'pumpkin, sparse: “Present” is this month': NOW,
  'short, rich: “NaN”': HELPER,
  'short, rich: “undefined”': HELPER,
};
