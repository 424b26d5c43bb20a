import type { Settings } from '../settings';
import { dataFile } from '../settings';
import { guardLine } from './guard-line';
import { parse, relative } from 'node:path';

/** What runs, and whether deliveries do. */
export interface StartedState {
  url: string;
  temporalUiUrl: string | null;
  /** Whether Temporal was reached yet. */
  connected: boolean;
  startedInMs: number;
}

/** The same for machines. */
export function bannerFacts(
  settings: Settings,
  { url, temporalUiUrl, connected, startedInMs }: StartedState,
): object {
  return {
    url,
    docs: `${url}/docs`,
    connect: `${url}/connect`,
    temporal: connected ? 'ok' : 'away',
    temporalUi: temporalUiUrl,
    adminToken:
      settings.adminToken === undefined
        ? dataFile(settings, 'admin-token')
        : 'CAREERHOOKS_ADMIN_TOKEN',
    endpoints: guardLine(settings),
    startupMs: Math.round(startedInMs),
  };
}

/** What a person needs first: where things are, and three lines to copy. */
export function banner(settings: Settings, running: StartedState): string {
  const { url } = running;
  const tokenFile = shortest(dataFile(settings, 'admin-token'));
  const token =
    settings.adminToken === undefined ? `$(cat ${tokenFile})` : '$CAREERHOOKS_ADMIN_TOKEN';
  const temporal = running.connected
    ? (running.temporalUiUrl ?? 'your own (set CAREERHOOKS_TEMPORAL_UI_URL to link to its UI)')
    : 'not reached yet: events are accepted and go out once it is';
  const authorize = `-H "Authorization: Bearer ${token}"`;
  return `
CareerHooks is ready, after ${(running.startedInMs / 1000).toFixed(1)} s.

  API          ${url}
  API docs     ${url}/docs
  For n8n      ${url}/connect (makes its token)
  Temporal UI  ${temporal}
  Admin token  ${settings.adminToken === undefined ? `in ${tokenFile}` : 'CAREERHOOKS_ADMIN_TOKEN'}
  Endpoints    ${guardLine(settings)}

Try it in another terminal: register an endpoint, publish an event, see its delivery.

  npx careerhooks listen roleready &
  curl -s ${url}/v1/events ${authorize} -H 'Content-Type: application/json' -d '${EXAMPLE_EVENT}'
  curl -s '${url}/v1/deliveries?limit=1' ${authorize}

Ctrl-C stops it; nothing is lost.
`;
}

const EXAMPLE_EVENT = JSON.stringify({
  system: 'roleready',
  user: 'user_1',
  type: 'resume.parsed',
  data: {
    resumeId: 'resume_1',
    fileName: 'resume.pdf',
    parsedAt: '2026-01-31T10:05:00Z',
    success: true,
  },
});

/** Relative to where the person is, where it is in there: for one who is at the root, that is everything. */
function shortest(path: string): string {
  const here = process.cwd();
  const fromHere = relative(here, path);
  return here === parse(here).root || fromHere.startsWith('..') ? path : fromHere;
}
