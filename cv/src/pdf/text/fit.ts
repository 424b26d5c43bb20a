import { clusters, draws, type Face, type FontSet, type Style } from './font-set';
import { normalise } from './normalise';
import { scriptOf } from './script';

/** A letter with its marks, and the face that draws it. */
export interface Letter {
  text: string;
  face: Face;
  /** Of the letter, or of the last one before it that has any. */
  script: string | undefined;
}

/** Emoji that no face has are left out: a box says less than nothing. */
const PICTURE = /^[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u20e3]/u;

/** `text`, normalised, in letters that can be drawn, or stand as boxes. */
export function fit(text: string, fonts: FontSet, style: Style): Letter[] {
  const faces = fonts.faces(style);
  const box = faces.at(-1);
  if (box === undefined) throw new Error('There is no font.');
  const letters: Letter[] = [];
  let leftOut = false;
  for (const cluster of clusters(normalise(text)).flatMap(inParts)) {
    const letter: Letter | undefined = drawable(cluster);
    // What was between two blanks leaves one.
    const again: boolean =
      leftOut && letter !== undefined && isBlank(letter) && isBlank(letters.at(-1));
    leftOut = letter === undefined || again;
    if (letter !== undefined && !again) letters.push(letter);
  }
  return letters;

  function drawable(cluster: string): Letter | undefined {
    const script = scriptOf(cluster) ?? letters.at(-1)?.script;
    const face = faceFor(cluster);
    if (face) return { text: cluster, face, script };
    if (PICTURE.test(cluster)) return undefined;
    // Full-width letters, ligatures, circled digits.
    const plain = cluster.normalize('NFKC');
    const compatible = plain === cluster ? undefined : faceFor(plain);
    if (compatible) return { text: plain, face: compatible, script };
    return { text: cluster, face: box as Face, script };
  }

  function faceFor(cluster: string): Face | undefined {
    const last = letters.at(-1);
    // Line ends and controls are never drawn.
    if (/^[\n\p{Cf}]*$/u.test(cluster)) return last?.face ?? faces[0];
    const plain = cluster === '\u00a0' ? ' ' : cluster;
    // Blanks and signs go on in the face of their word.
    if (scriptOf(cluster) !== undefined) return faces.find((face) => draws(face, plain));
    if (!/\p{Nd}/u.test(cluster) && last !== undefined && draws(last.face, plain)) return last.face;
    // A sign's own font draws it better than one for a script.
    return [...faces.slice(0, 1), ...faces.slice(-1), ...faces].find((face) => draws(face, plain));
  }
}

/** Characters: a letter with more marks is drawn as several. */
const MOST = 64;

function inParts(cluster: string): string[] {
  if (cluster.length <= MOST) return [cluster];
  const characters = Array.from(cluster);
  const parts: string[] = [];
  for (let at = 0; at < characters.length; at += MOST) {
    parts.push(characters.slice(at, at + MOST).join(''));
  }
  return parts;
}

function isBlank(letter: Letter | undefined): boolean {
  return letter === undefined || letter.text === ' ' || letter.text === '\n';
}
