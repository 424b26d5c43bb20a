import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar';

const STALLED_AFTER_MS = 30_000;
const PROGRESS_EVERY_MS = 500;
const MEGABYTE = 1024 * 1024;

/**
 * Downloads a .tar.gz and unpacks one file of it while it arrives.
 *
 * @param progress is told at most twice a second how far it is
 * @throws where the server does not answer 200, or sends nothing for 30 s
 */
export async function downloadFromArchive({
  url,
  member,
  into,
  progress,
}: {
  url: string;
  member: string;
  into: string;
  progress: (line: string) => void;
}): Promise<void> {
  const stalled = new AbortController();
  const stallTimer = setTimeout(() => {
    stalled.abort(new Error(`nothing arrived for ${STALLED_AFTER_MS / 1000} s`));
  }, STALLED_AFTER_MS);
  try {
    const response = await fetch(url, { signal: stalled.signal });
    if (!response.ok || !response.body) throw new Error(`the answer was ${response.status}`);
    const total = Number(response.headers.get('content-length') ?? 0);
    let received = 0;
    let reportedAt = Date.now();
    const count = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        stallTimer.refresh();
        received += chunk.length;
        const now = Date.now();
        if (now - reportedAt >= PROGRESS_EVERY_MS) {
          reportedAt = now;
          progress(inMegabytes(received, total));
        }
        done(null, chunk);
      },
    });
    await pipeline(
      Readable.fromWeb(response.body),
      count,
      extract({ cwd: into, filter: (path) => path.replace(/^\.\//, '') === member }),
      { signal: stalled.signal },
    );
    progress(inMegabytes(received, total));
  } finally {
    clearTimeout(stallTimer);
  }
}

function inMegabytes(received: number, total: number): string {
  const done = (received / MEGABYTE).toFixed(1);
  return total > 0 ? `${done} of ${(total / MEGABYTE).toFixed(1)} MB` : `${done} MB`;
}
