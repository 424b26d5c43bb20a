import { resealAll } from '@careerhooks/store';
import type { Command } from 'commander';
import { print } from './output';
import { withStore } from './with-store';

export function addResealCommand(program: Command): void {
  program
    .command('reseal')
    .description(
      'seal all secrets under the first key of CAREERHOOKS_MASTER_KEY; then the older ones can go',
    )
    .action(() =>
      withStore(async (store) => print(`${await resealAll(store)} secrets were sealed again.`)),
    );
}
