import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/process';
import { describeWith } from './support/describe-with';
import { run } from './support/run';
import { actionlint } from './support/tools';

const WORKFLOWS = join(ROOT, '.github', 'workflows');

describeWith(['go'], "GitHub's workflows", () => {
  it.each(readdirSync(WORKFLOWS))('%s: actionlint finds nothing', async (file) => {
    await run(await actionlint.install(), ['-no-color', join(WORKFLOWS, file)], { cwd: ROOT });
  });
});
