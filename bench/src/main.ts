import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { measure } from './measure';
import { type Options, readOptions } from './options';
import { writeDocs } from './report/docs';
import { judge } from './report/targets';
import { formatTable } from './report/table';
import { SCENARIOS } from './scenarios';
import type { Scenario } from './scenarios/scenario';

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.list) {
    for (const { name, about } of SCENARIOS) process.stdout.write(`${name.padEnd(12)}${about}\n`);
    return;
  }
  const scenarios = chosen(options);
  const figures = await measure(options, scenarios, (step) => process.stderr.write(`${step} …\n`));
  const name = `${figures.measuredAt.slice(0, 19).replaceAll(':', '-')}.json`;
  const path = resolve(options.jsonPath ?? join(__dirname, '../results', name));
  mkdirSync(dirname(path), { recursive: true });
  const targets = judge(figures.figures);
  writeFileSync(path, `${JSON.stringify({ ...figures, targets }, null, 2)}\n`);
  if (options.docs) writeDocs(figures, targets);
  process.stdout.write(`\n${formatTable(figures, targets)}\n\nFigures in ${path}\n`);
}

function chosen({ only }: Options): readonly Scenario[] {
  const unknown = only.find((name) => !SCENARIOS.some((scenario) => scenario.name === name));
  if (unknown !== undefined) {
    const names = SCENARIOS.map(({ name }) => name).join(', ');
    throw new Error(`There is no scenario ${unknown}; there are ${names}.`);
  }
  return only.length === 0 ? SCENARIOS : SCENARIOS.filter(({ name }) => only.includes(name));
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? '') : String(error)}\n`);
  process.exitCode = 1;
});
