/** Who asks: a person at a terminal, or whatever runs the process. */
export type StopSignal = 'SIGINT' | 'SIGTERM';

/**
 * Resolves at the first SIGINT or SIGTERM, with which it was, after `onFirst`; a
 * second one ends the process at once.
 */
export function stopRequest(onFirst: (signal: StopSignal) => void): Promise<StopSignal> {
  return new Promise((resolve) => {
    let requests = 0;
    const onSignal = (signal: StopSignal): void => {
      requests += 1;
      if (requests > 1) process.exit(1);
      onFirst(signal);
      resolve(signal);
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
}
