import { installN8n } from './install-n8n';

/** Before all tests, since the first installation takes longer than any of them may. */
export default async function globalSetup(): Promise<void> {
  await installN8n((line) => process.stderr.write(`${line}\n`));
}
