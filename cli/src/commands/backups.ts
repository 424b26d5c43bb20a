import type { Command } from 'commander';
import { backup } from '../backup';
import { restore } from '../restore';
import { readSettings } from '../settings';
import { print } from './output';

/** `backup` and `restore`, of the SQLite database. */
export function addBackupCommands(program: Command): void {
  program
    .command('backup')
    .description('copy the SQLite database to a file, also while CareerHooks runs')
    .argument('<file>', 'where to; its folder must exist')
    .option('--force', 'replace the file, where there is one', false)
    .action((target: string, { force }: { force: boolean }) =>
      backup(readSettings(process.env), { target, force }, print),
    );

  program
    .command('restore')
    .description('put a backup in the place of the SQLite database, while CareerHooks does not run')
    .argument('<file>', 'a copy that backup has made, or sqlite3')
    .action((source: string) => restore(readSettings(process.env), source, print));
}
