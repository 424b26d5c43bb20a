import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { create, type Font } from 'fontkit';
import { normalise, plainBlanks } from './normalise';
import { forLayout } from './shape';

export type Style = 'regular' | 'bold' | 'italic';

export interface FontSettings {
  /** Where more fonts are: TTF and OTF files, in it and in the folders in it. */
  folder?: string | undefined;
  /** The language of the text (BCP 47): which forms Chinese characters have where fonts differ. */
  lang: string;
}

/** One font file, read when it is asked for something. */
export interface Face {
  /** The same for the same file. */
  readonly id: string;
  readonly font: Font;
  has(codePoint: number): boolean;
}

export interface FontSet {
  readonly lang: string;
  /** The faces to draw a style with, the first that has a letter draws it. The last one has a box for what none has. */
  faces(style: Style): readonly Face[];
  /** The letters of `text` that no face can draw, each once, in their order. */
  missing(text: string): string[];
  /** The families of the folder. */
  readonly families: readonly string[];
  /** What is wrong with files of the folder, in sentences. They are passed over. */
  readonly problems: readonly string[];
}

const OWN_FOLDER = join(__dirname, '../../../fonts');
const OWN: Record<Style, [text: string, symbols: string]> = {
  regular: ['NotoSans-Regular.ttf', 'DejaVuSans.ttf'],
  bold: ['NotoSans-Bold.ttf', 'DejaVuSans-Bold.ttf'],
  italic: ['NotoSans-Italic.ttf', 'DejaVuSans.ttf'],
};

const cache = new Map<string, { state: string; set: FontSet }>();
const ownFaces = new Map<string, Face>();

/**
 * The fonts of this package, and those in the folder of the settings. They are kept; a folder whose files
 * have changed is read again. A folder that is not there has no fonts.
 */
export function loadFonts({ folder, lang }: FontSettings): FontSet {
  const { files, problems } = filesIn(folder);
  const key = JSON.stringify([folder, lang]);
  const state = [...files.map(({ path, state }) => `${path} ${state}`), ...problems].join('\n');
  const known = cache.get(key);
  if (known?.state === state) return known.set;
  const paths = files.map(({ path }) => path);
  const set = createFontSet(paths, { lang, problems });
  cache.set(key, { state, set });
  return set;
}

function filesIn(folder: string | undefined): { files: FontFile[]; problems: string[] } {
  try {
    return { files: folder === undefined ? [] : fontFiles(folder), problems: [] };
  } catch (error) {
    return { files: [], problems: [`The folder of fonts cannot be read: ${reasonOf(error)}`] };
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function createFontSet(
  paths: readonly string[],
  { lang, problems: before }: { lang: string; problems: readonly string[] },
): FontSet {
  const { families, problems } = readFamilies(paths);
  families.sort((one, other) => rank(one.name, lang) - rank(other.name, lang));
  const lists = new Map<Style, readonly Face[]>();
  const faces = (style: Style): readonly Face[] => {
    const known = lists.get(style);
    if (known) return known;
    const [text, symbols] = OWN[style];
    const added = families.flatMap((family) => facesOf(family, style));
    const list = [ownFace(text), ...added, ownFace(symbols)];
    lists.set(style, list);
    return list;
  };
  return {
    lang,
    families: families.map(({ name }) => name),
    problems: [...before, ...problems],
    faces,
    missing(text) {
      // What most texts are made of.
      if (/^[\n\x20-\x7e]*$/.test(text)) return [];
      const letters = lettersBeyond(
        plainBlanks(normalise(text)).replaceAll('\n', ' '),
        faces('regular')[0],
      );
      const drawn = (letter: string): boolean =>
        faces('regular').some((face) => draws(face, letter));
      return letters.filter((letter) => !drawn(letter) && !drawn(letter.normalize('NFKC')));
    },
  };
}

/**
 * The letters of `text` with a character that `face` does not have, each once, in their order. Letters are looked for in
 * few words only, since that takes long.
 */
function lettersBeyond(text: string, face: Face | undefined): string[] {
  const isBeyond = (character: string): boolean => face === undefined || !draws(face, character);
  const beyond = new Set([...new Set(text)].filter(isBeyond));
  if (beyond.size === 0 || !JOINING.test(text)) return [...beyond];
  const words = [...new Set(text.split(' '))].filter(
    // A blank may have marks, and belongs to the next word.
    (word, index) => index === 0 || Array.from(word).some((character) => beyond.has(character)),
  );
  return [...new Set(clusters(words.join(' ')))];
}

/** What may be in a letter with another character; whatever else there is, is a letter. */
const JOINING = new RegExp(
  [
    '[\\p{M}\\p{Cf}\\p{Emoji_Modifier}\\p{Regional_Indicator}]',
    // Vowels of Thai and Lao, and Malayalam's dot.
    '[\\u0e33\\u0eb3\\u0d4e]',
    // Parts of Hangul; marks of half-width Katakana.
    '[\\u1100-\\u11ff\\ua960-\\ua97f\\ud7b0-\\ud7ff\\uff9e\\uff9f]',
    '[\\u{11000}-\\u{11fff}\\u{16d40}-\\u{16d7f}]',
  ].join('|'),
  'u',
);

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Letters with their marks, as a reader counts them. */
export function clusters(text: string): string[] {
  // The segmenter takes ten times as long.
  if (!JOINING.test(text)) return Array.from(text);
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Joiners shape what is around them, and need no glyph. Nor does a variant that a font does not have. */
const WITHOUT_GLYPH = /\p{Join_Control}|\p{Variation_Selector}/gu;

/** Whether a face has all of a cluster. */
export function draws(face: Face, cluster: string): boolean {
  const plain = cluster.replace(WITHOUT_GLYPH, '');
  return Array.from(plain).every((character) => face.has(character.codePointAt(0) ?? 0));
}

function ownFace(file: string): Face {
  const known = ownFaces.get(file);
  if (known) return known;
  const face = createFace(join(OWN_FOLDER, file));
  ownFaces.set(file, face);
  return face;
}

function createFace(path: string): Face {
  let font: Font | undefined;
  const known = new Map<number, boolean>();
  const face: Face = {
    id: path,
    get font() {
      font ??= forLayout(openFont(path));
      return font;
    },
    has(codePoint) {
      const had = known.get(codePoint);
      if (had !== undefined) return had;
      const has = face.font.hasGlyphForCodePoint(codePoint);
      known.set(codePoint, has);
      return has;
    },
  };
  return face;
}

/** Opens a font, and sees that it is whole: fontkit reads tables only when a letter asks for them. */
function openFont(path: string): Font {
  const file = readFileSync(path);
  const font = create(file);
  if ('fonts' in font) throw new Error('it holds several fonts: put each into a file of its own');
  const { directory } = font as Font & {
    directory: { tables: Record<string, { offset: number; length: number }> };
  };
  const isWhole = Object.values(directory.tables).every(
    ({ offset, length }) => offset + length <= file.length,
  );
  if (!isWhole) throw new Error('it is not whole: copy it again');
  font.hasGlyphForCodePoint(0x41);
  return font;
}

interface FontFile {
  path: string;
  /** Changes where the file does. */
  state: string;
}

/** The TTF and OTF files in a folder, by name. */
function fontFiles(folder: string): FontFile[] {
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return names
    .filter((name) => /\.(?:ttf|otf)$/i.test(name) && !/(?:^|[/\\])\./.test(name))
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      const stat = statSync(path, { throwIfNoEntry: false });
      return stat?.isFile() === true ? [{ path, state: `${stat.size} ${stat.mtimeMs}` }] : [];
    });
}

interface Member {
  path: string;
  /** 100 to 900 */
  weight: number;
  italic: boolean;
}

interface Family {
  name: string;
  members: Member[];
  faces: Map<string, Face>;
}

function readFamilies(paths: readonly string[]): { families: Family[]; problems: string[] } {
  const families = new Map<string, Family>();
  const problems: string[] = [];
  for (const path of paths) {
    try {
      const font = openFont(path);
      const name = font.familyName;
      const family = families.get(name) ?? { name, members: [], faces: new Map<string, Face>() };
      family.members.push({
        path,
        weight: font['OS/2'].usWeightClass,
        italic: font['OS/2'].fsSelection.italic,
      });
      families.set(name, family);
    } catch (error) {
      problems.push(`The font ${path} cannot be read: ${reasonOf(error)}`);
    }
  }
  return { families: [...families.values()], problems };
}

/** The member that is nearest to a style, and the regular one behind it. */
function facesOf(family: Family, style: Style): Face[] {
  const weight = style === 'bold' ? 700 : 400;
  const distance = (member: Member, italic: boolean, wanted: number): number =>
    Math.abs(member.weight - wanted) + (member.italic === italic ? 0 : 1000);
  const nearest = (italic: boolean, wanted: number): Member | undefined =>
    family.members.toSorted(
      (one, other) => distance(one, italic, wanted) - distance(other, italic, wanted),
    )[0];
  const members = [nearest(style === 'italic', weight), nearest(false, 400)];
  return [...new Set(members)].flatMap((member) => {
    if (member === undefined) return [];
    const face = family.faces.get(member.path) ?? createFace(member.path);
    family.faces.set(member.path, face);
    return [face];
  });
}

/** Fonts of Chinese characters in the language's own forms come before those in others'. */
function rank(family: string, lang: string): number {
  const [, region] = /\b(JP|KR|SC|TC|HK)\b/.exec(family) ?? [];
  if (region === undefined) return 0;
  const order = hanOrder(lang);
  return 1 + order.indexOf(region);
}

function hanOrder(lang: string): string[] {
  const { language, script, region } = new Intl.Locale(lang).maximize();
  const first =
    language === 'ja'
      ? ['JP']
      : language === 'ko'
        ? ['KR']
        : region === 'HK' || region === 'MO'
          ? ['HK', 'TC']
          : script === 'Hant'
            ? ['TC', 'HK']
            : language === 'zh'
              ? ['SC']
              : [];
  return [...new Set([...first, 'JP', 'SC', 'TC', 'KR', 'HK'])];
}
