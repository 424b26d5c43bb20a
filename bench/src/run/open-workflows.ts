import { Client, Connection } from '@temporalio/client';

/** Watches how many workflows are open at once on a Temporal; `stop` gives the most that it saw. */
export async function watchOpenWorkflows(address: string): Promise<{ stop(): Promise<number> }> {
  const connection = await Connection.connect({ address });
  const client = new Client({ connection });
  let most = 0;
  const look = async (): Promise<void> => {
    const { count } = await client.workflow.count("ExecutionStatus = 'Running'");
    most = Math.max(most, count);
  };
  // One that does not come back in time is asked for again.
  const looking = setInterval(() => void look().catch(() => undefined), 2_000);
  return {
    async stop() {
      clearInterval(looking);
      await look();
      await connection.close();
      return most;
    },
  };
}
