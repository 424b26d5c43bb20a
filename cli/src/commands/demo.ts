import type { Command } from 'commander';
import { readSettings } from '../settings';
import { print } from './output';

export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description(
      'publish every documented example event to receivers written as the documents show',
    )
    .action(async () => {
      const { demoCommand } = await import('../demo/command.js');
      await demoCommand(readSettings(process.env), print);
    });
}
