import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { measure } from './measure';
import { readOptions } from './options';
import { formatTable } from './table';

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const figures = await measure(options, (step) => process.stderr.write(`${step} …\n`));
  const name = `${figures.measuredAt.slice(0, 19).replaceAll(':', '-')}.json`;
  const path = resolve(options.jsonPath ?? join(__dirname, '../results', name));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(figures, null, 2)}\n`);
  process.stdout.write(`\n${formatTable(figures)}\n\nFigures in ${path}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
