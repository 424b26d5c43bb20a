import type { Command } from 'commander';
import { terminal } from '../cv/ask';
import { exportFile } from '../cv/export-file';
import { importFile } from '../cv/import-file';
import { print } from './output';
import { type InstanceOptions, runningApi } from './running-api';

/** `cv`: import and export. */
export function addCvCommands(program: Command): void {
  const cv = program.command('cv').description('import and export the CV of a running CareerHooks');

  cv.command('import')
    .description('say what a JSON Resume changes in the CV, and import it')
    .argument('<file>', 'the JSON Resume; - for standard input')
    .option('--dry-run', 'only say what would change', false)
    .option('--yes', 'do not ask', false)
    .option('--url <url>', 'where CareerHooks is; else on this machine, at PORT')
    .option(
      '--token <token>',
      "a key for cv with the scope manage; else the data folder's admin token",
    )
    .action((source: string, options: InstanceOptions & { dryRun: boolean; yes: boolean }) =>
      importFile({ ...options, api: runningApi(options), source, print, confirm: terminal() }),
    );

  cv.command('export')
    .description('write the CV as JSON Resume')
    .argument('[file]', 'where to; else, and for -, standard output', '-')
    .option('--force', 'replace the file, where there is one', false)
    .option('--url <url>', 'where CareerHooks is; else on this machine, at PORT')
    .option('--token <token>', "a key for cv; else the data folder's admin token")
    .action((target: string, options: InstanceOptions & { force: boolean }) =>
      exportFile({ force: options.force, api: runningApi(options), target, print }),
    );
}
