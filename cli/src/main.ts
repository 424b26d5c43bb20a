import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { endOnClosedOutput } from './closed-output';
import { addBackupCommands } from './commands/backups';
import { addCvCommands } from './commands/cv';
import { addDemoCommand } from './commands/demo';
import { addFetchTemporalCommand } from './commands/fetch-temporal';
import { addFontsCommands } from './commands/fonts';
import { addKeysCommands } from './commands/keys';
import { addListenCommand } from './commands/listen';
import { addResealCommand } from './commands/reseal';
import { addServiceCommands } from './commands/service';
import { exitCodeOf, isForeseen } from './failure';

// What is made is for its owner alone, in a data folder that others may look into, too.
process.umask(0o077);
endOnClosedOutput();

const { version } = JSON.parse(readFileSync(join(__dirname, '../package.json'), 'utf8')) as {
  version: string;
};

const program = new Command('careerhooks')
  .version(version)
  .description('The webhook system of career products: signed, verified, retried deliveries.');

// Each loads what runs the engine when it is asked for: it takes a second.
addServiceCommands(program);
addDemoCommand(program);
addListenCommand(program);
addKeysCommands(program);
addResealCommand(program);
addFetchTemporalCommand(program);
addFontsCommands(program);
addBackupCommands(program);
addCvCommands(program);

program.parseAsync().catch((error: unknown) => {
  const text = isForeseen(error)
    ? error.message
    : error instanceof Error
      ? (error.stack ?? error.message)
      : String(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = exitCodeOf(error);
});
