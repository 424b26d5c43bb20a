import { installTools } from './tools';

/** Before all tests, since the first installation takes longer than any of them may. */
export default async function globalSetup(): Promise<void> {
  await installTools();
}
