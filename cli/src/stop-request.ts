/**
 * Resolves at the first SIGINT or SIGTERM, after `onFirst`; a second one ends
 * the process at once.
 */
export function stopRequest(onFirst: () => void): Promise<void> {
  return new Promise((resolve) => {
    let requests = 0;
    const onSignal = (): void => {
      requests += 1;
      if (requests > 1) process.exit(1);
      onFirst();
      resolve();
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
}
