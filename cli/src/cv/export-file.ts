import { writeFile } from 'node:fs/promises';
import type { ApiClient } from '../api-client';
import { SetupError } from '../settings';

/**
 * `careerhooks cv export`: writes the CV as JSON Resume.
 *
 * @param options.target a path, or `-` for standard output.
 * @throws {SetupError} where there is such a file and it is not to be replaced.
 */
export async function exportFile(options: {
  api: ApiClient;
  target: string;
  force: boolean;
  print: (line: string) => void;
}): Promise<void> {
  const { api, target, force, print } = options;
  const content = JSON.stringify(await api.call<unknown>('GET', '/v1/cv/resume'), null, 2);
  if (target === '-') {
    print(content);
    return;
  }
  try {
    await writeFile(target, `${content}\n`, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new SetupError(
      code === 'EEXIST' ? `There is a file ${target}: --force replaces it.` : message,
    );
  }
}
