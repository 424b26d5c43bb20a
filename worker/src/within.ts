/** A call was not answered in time. What it does later, nobody waits for. */
class Unanswered extends Error {
  constructor(ms: number) {
    super(`no answer within ${ms} ms`);
    this.name = 'Unanswered';
  }
}

/**
 * What `call` resolves to; rejects with `Unanswered` after `ms` milliseconds, or with the reason of
 * `signal` once it aborts. The client's own deadlines do not do: a connection that is refused is tried again
 * for 10 s, whatever they say, and nothing aborts it.
 */
export async function within<Answer>(
  ms: number,
  call: () => Promise<Answer>,
  signal?: AbortSignal,
): Promise<Answer> {
  const ended = new AbortController();
  const late = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(new Unanswered(ms)), ms).unref();
    ended.signal.addEventListener('abort', () => clearTimeout(timer));
    signal?.addEventListener('abort', () => reject(signal.reason as Error), {
      signal: ended.signal,
    });
  });
  try {
    return await Promise.race([call(), late]);
  } finally {
    ended.abort();
  }
}
