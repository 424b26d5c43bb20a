import { FONT_CATALOGUE, loadFonts } from '@careerhooks/cv';
import type { Settings } from '../settings';

/** What `careerhooks fonts list` prints: each font that can be added, and the families that are there. */
export function listFonts({ cv }: Pick<Settings, 'cv'>): string[] {
  const { families, problems } = loadFonts(cv.fonts);
  const others = families.filter(
    (family) => !FONT_CATALOGUE.some((font) => font.family === family),
  );
  return [
    `Fonts in ${cv.fonts.folder}, beside those that draw Latin, Greek, Cyrillic and signs:`,
    ...FONT_CATALOGUE.map(
      ({ name, family, scripts }) =>
        `${families.includes(family) ? '✓' : ' '} ${name.padEnd(20)} ${family} (${scripts.join(', ')})`,
    ),
    ...others.map((family) => `✓ ${' '.repeat(20)} ${family}`),
    ...problems,
  ];
}
