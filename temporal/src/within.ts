/**
 * What `call` resolves to; rejects after `ms` milliseconds, or with the reason of `signal` once it aborts. The client's own
 * deadlines do not do: a connection that is refused is tried again for 10 s, whatever they say, one to
 * a server that accepts it and never answers for ever, and nothing aborts either.
 */
export async function within<Answer>(
  ms: number,
  call: () => Promise<Answer>,
  signal?: AbortSignal,
): Promise<Answer> {
  signal?.throwIfAborted();
  const ended = new AbortController();
  const late = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
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
