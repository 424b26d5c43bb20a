import { systems } from '@careerhooks/systems';
import type { Command } from 'commander';
import { listenCommand } from '../listen/command';
import { SetupError } from '../settings';
import { knownSystem } from './known-system';
import { print } from './output';
import { type InstanceOptions, runningApi } from './running-api';

interface ListenOptions extends InstanceOptions {
  events: string;
  port: number;
}

export function addListenCommand(program: Command): void {
  program
    .command('listen')
    .description("receive a system's events on this machine and print them")
    .argument('<system>', `one of ${[...systems.keys()].join(', ')}`, knownSystem)
    .option('--events <patterns>', 'event types and wildcards, separated by commas', '*')
    .option('--port <port>', 'where to listen', portNumber, 3401)
    .option('--url <url>', 'where CareerHooks is; else on this machine, at PORT')
    .option('--token <token>', "a key with the scope manage; else the data folder's admin token")
    .action(async (system: string, options: ListenOptions) => {
      await listenCommand({
        api: runningApi(options),
        system,
        events: options.events.split(','),
        port: options.port,
        print,
      });
    });
}

function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new SetupError(`--port must be a port number, not "${text}".`);
}
