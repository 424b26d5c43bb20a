import { sleep } from '@temporalio/workflow';

export async function sleepADay(): Promise<string> {
  await sleep('24 hours');
  return 'rested';
}
