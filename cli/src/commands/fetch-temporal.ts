import type { Command } from 'commander';
import { readSettings } from '../settings';
import { print, tell } from './output';

export function addFetchTemporalCommand(program: Command): void {
  program
    .command('fetch-temporal')
    .description(
      "find the Temporal CLI that start runs, or download it, and print the executable's path",
    )
    .argument('[folder]', "where to put it, as `temporal`; else the user's cache")
    .action(async (folder: string | undefined) => {
      const { fetchTemporal } = await import('../fetch-temporal.js');
      print(await fetchTemporal(readSettings(process.env), folder, tell));
    });
}
