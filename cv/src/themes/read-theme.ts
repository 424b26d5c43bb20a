import { resolve } from 'node:path';

/** A theme for JSON Resume that the operator has installed. */
export interface Theme {
  /** As the setting names it. */
  name: string;
  /** Absolute: where it is, or for a package the folder whose `node_modules` has it. */
  folder: string;
  isPackage: boolean;
}

/** What npm calls a package, with or without a scope. */
const PACKAGE = /^(@[a-z\d][\w.-]*\/)?[a-z\d][\w.-]*$/;

/** The setting for the page of our own. */
export const OWN_THEME = 'careerhooks';

/**
 * The theme that a setting names: `jsonresume-theme-even`, a package in `themesFolder`, or `./my-theme`, a folder;
 * undefined for `careerhooks`, which is our own. Throws an Error where it names neither.
 */
export function readTheme(setting: string, themesFolder: string): Theme | undefined {
  if (setting === OWN_THEME) return undefined;
  if (/^\.{0,2}\//.test(setting)) {
    return { name: setting, folder: resolve(setting), isPackage: false };
  }
  if (!PACKAGE.test(setting)) {
    throw new Error(
      `must be ${OWN_THEME}, a package such as jsonresume-theme-even, or a folder that begins with / or ./`,
    );
  }
  return { name: setting, folder: themesFolder, isPackage: true };
}
