import { type Stream, trickle } from '../measures/trickle';
import type { RunningCareerHooks } from '../run/careerhooks';
import { registerEndpoint, registerUsers } from '../run/endpoint';
import { freePorts } from '../run/free-ports';
import { watchOpenWorkflows } from '../run/open-workflows';
import { type Bench, type Measured, peakOf, type Scenario } from './scenario';

const PER_SECOND = 200;
/**
 * As long as it takes to see how an endpoint begins to fail, its attempts time out,
 * the retries of a whole schedule come, and how it goes on: with the usual 5 s, a minute.
 */
const TIMES_AS_LONG = 12;

/** Of 100 endpoints, ten answer 500 and one never answers. */
export const failing: Scenario = compare({
  name: 'failing',
  about: '100 endpoints under 200 events/s, of which 10 % fail and 1 % hang: the others',
  figure: 'with 10 % failing, 1 % hanging',
  async streams(careerhooks, { receiver }, broken) {
    const users = await registerUsers(careerhooks, receiver.url, 89);
    const others = Array.from({ length: 11 }, (_, index) => `broken_${index}`);
    for (const [index, user] of others.entries()) {
      const badUrl = index === 0 ? receiver.hangingUrl : receiver.failingUrl;
      const url = broken ? badUrl : receiver.url;
      await registerEndpoint(careerhooks, user, `${url}/${user}`);
    }
    return [
      { perSecond: PER_SECOND - 22, users },
      { perSecond: 22, users: others, arrives: !broken, counts: false },
    ];
  },
});

/** One endpoint never answers and at another's port nobody listens, both under load. */
export const hanging: Scenario = compare({
  name: 'hanging',
  about: 'one endpoint hangs and one is dead, each under 200 events/s: the others',
  figure: 'with one hanging, one dead',
  async streams(careerhooks, bench, broken) {
    const [deadPort = 0] = await freePorts(1);
    const badUrls = { hangs: bench.receiver.hangingUrl, dead: `http://127.0.0.1:${deadPort}` };
    return tenBeside(badUrls, { careerhooks, bench, broken });
  },
});

/** One endpoint answers 500 to every other request, under load. */
export const wavering: Scenario = compare({
  name: 'wavering',
  about: 'one endpoint answers 500 to every other of 200 events/s: the others',
  figure: 'with one that fails half',
  streams: (careerhooks, bench, broken) =>
    tenBeside({ wavers: bench.receiver.waveringUrl }, { careerhooks, bench, broken }),
});

/** Ten endpoints that are well, and beside them some under load that are not, where `broken` says so. */
async function tenBeside(
  badUrls: Record<string, string>,
  of: { careerhooks: RunningCareerHooks; bench: Bench; broken: boolean },
): Promise<Stream[]> {
  const { careerhooks, broken } = of;
  const { url } = of.bench.receiver;
  const users = await registerUsers(careerhooks, url, 10);
  for (const [user, badUrl] of Object.entries(badUrls)) {
    await registerEndpoint(careerhooks, user, `${broken ? badUrl : url}/${user}`);
  }
  return [
    { perSecond: 20, users },
    ...Object.keys(badUrls).map((user) => ({
      perSecond: PER_SECOND,
      users: [user],
      arrives: !broken,
      counts: false,
    })),
  ];
}

/**
 * The same load once with all endpoints well, and once with some that are not. Both figures are of the same
 * events, those for the endpoints that are well in both.
 */
function compare(of: {
  name: string;
  about: string;
  figure: string;
  streams(careerhooks: RunningCareerHooks, bench: Bench, broken: boolean): Promise<Stream[]>;
}): Scenario {
  return {
    name: of.name,
    about: of.about,
    async measure(bench) {
      const measured: Measured[] = [];
      for (const broken of [false, true]) {
        await bench.run(async (careerhooks) => {
          const streams = await of.streams(careerhooks, bench, broken);
          bench.progress(broken ? of.figure : 'the same load, all well');
          const workflows = await watchOpenWorkflows(careerhooks.temporalAddress);
          const seconds = bench.seconds * TIMES_AS_LONG;
          const trickled = await trickle(careerhooks, bench.receiver, { streams, seconds });
          measured.push({
            name: broken ? of.figure : `the same load as ${of.figure}, all well`,
            ...trickled,
            openWorkflows: await workflows.stop(),
            peakMiB: peakOf(careerhooks.usage()),
          });
        });
      }
      return measured;
    },
  };
}
