import type { Report } from '../../support/install-once';
import { installNpm } from './install-npm';
import { type Program, whatIsMissing } from './programs';

/** Something that tests run and that is installed once. */
export interface Tool<Installed> {
  /** The programs of the system that its installation and its tests run. */
  needs: readonly Program[];
  /** Installs it, or finds it installed. */
  install: (report?: Report) => Promise<Installed>;
}

/** Steps that take long are told where the developer sees them. */
const tell: Report = (line) => process.stderr.write(`${line}\n`);

/** openapi-typescript with openapi-fetch, and the compiler that proves what it makes; a `node_modules`. */
export const openapiTypescript: Tool<string> = {
  needs: [],
  install: (report = tell) =>
    installNpm(
      'openapi-typescript',
      { 'openapi-typescript': '7.13.0', 'openapi-fetch': '0.17.0', typescript: '5.9.3' },
      report,
    ),
};

/** All of them, in the order in which they are installed. */
const TOOLS: readonly Tool<unknown>[] = [openapiTypescript];

/** Installs all tools whose programs are here; says of each of the others what it needs. */
export async function installTools(report: Report = tell): Promise<void> {
  for (const { needs, install } of TOOLS) {
    const missing = whatIsMissing(needs);
    if (missing === undefined) await install(report);
    else report(missing);
  }
}
