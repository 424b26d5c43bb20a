import type { Command } from 'commander';
import { runService } from '../run-service';
import { readSettings } from '../settings';

/** `start`, `server` and `worker`: what runs until it is asked to stop. */
export function addServiceCommands(program: Command): void {
  program
    .command('start')
    .description('run everything: API, worker and, unless TEMPORAL_ADDRESS is set, Temporal')
    .action(() =>
      runService(async () => {
        const { startCommand } = await import('../start/command.js');
        await startCommand(readSettings(process.env));
      }),
    );

  program
    .command('server')
    .description('run the API alone, beside any number of servers and workers, on PostgreSQL')
    .action(() =>
      runService(async () => {
        const { serverCommand } = await import('../start/server-command.js');
        await serverCommand(readSettings(process.env));
      }),
    );

  program
    .command('worker')
    .description('make deliveries alone, beside any number of servers and workers, on PostgreSQL')
    .action(() =>
      runService(async () => {
        const { workerCommand } = await import('../start/worker-command.js');
        await workerCommand(readSettings(process.env));
      }),
    );
}
