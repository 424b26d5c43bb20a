import type { Command } from 'commander';
import { addFont, type AddFontSettings } from '../fonts/add-font';
import { listFonts } from '../fonts/list-fonts';
import { readSettings, type Settings } from '../settings';
import { print } from './output';

/** `fonts`: add and list. */
export function addFontsCommands(program: Command): void {
  const fonts = program.command('fonts').description('fonts of more scripts for the PDF of the CV');

  fonts
    .command('add')
    .description("download fonts from npm's registry into the folder of CV_FONTS")
    .argument('<name...>', 'as `fonts list` has them: japanese')
    .action(async (names: string[]) => {
      const settings = readSettings(process.env);
      for (const name of names) print(await addFont(name, fontsOf(settings)));
    });

  fonts
    .command('list')
    .description('list the fonts that can be added, and those that are there')
    .action(() => {
      for (const line of listFonts(readSettings(process.env))) print(line);
    });
}

function fontsOf(settings: Settings): AddFontSettings {
  const { production, allowCidrs, cv, env } = settings;
  const egressPolicy = { httpsOnly: production, publicOnly: production, allow: allowCidrs };
  return { folder: cv.fonts.folder, env, egressPolicy };
}
