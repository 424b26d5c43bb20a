/** Runs `work` in a closed loop on each of `count` clients, until `work` says that it has had enough. */
export async function runClients(count: number, work: () => Promise<boolean>): Promise<void> {
  const client = async (): Promise<void> => {
    while (await work());
  };
  await Promise.all(Array.from({ length: count }, client));
}
