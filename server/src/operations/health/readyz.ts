import type { Outage } from '@careerhooks/store';
import { z } from 'zod';
import { defineOperation } from '../../operation';

const partStatus = z
  .enum(['ok', 'away'])
  .meta({ id: 'PartStatus', description: 'Whether it answers' });

const OUTAGES = [
  'away',
  'read_only',
  'superseded',
  'locked',
  'hangs',
  'full',
  'replaced',
  'damaged',
] as const satisfies readonly Outage[];

const outage = z.enum(OUTAGES).meta({
  id: 'Outage',
  description:
    'What keeps the database from taking anything. `away`: it does not answer, or is starting or stopping; `read_only`: it is a standby, or was made read-only; `superseded`: it is a former primary; `locked`: somebody else has locked what is needed; `hangs`: it has not answered in time, as when a commit waits for its standby; `full`: it has no room, or no connection, left; `replaced`: its files are not those that were opened; `damaged`: its files are malformed',
});

const answer = z
  .object({
    status: z
      .enum(['ready', 'not_ready'])
      .meta({ id: 'ReadinessStatus', description: 'Whether events can be accepted' }),
    database: partStatus.meta({
      description: 'Whether it takes events; without it, nothing works',
    }),
    temporal: partStatus.meta({ description: 'Events are accepted without it; deliveries wait' }),
    outage: outage.optional().meta({ description: 'Where the database is away: why' }),
  })
  .meta({ id: 'Readiness', description: 'What answers of what is needed' });

export const readyzOperation = defineOperation({
  id: 'readyz',
  method: 'get',
  path: '/readyz',
  tag: 'Health',
  summary: 'Whether events can be accepted',
  description:
    'It goes by the events that were accepted or refused within the last second, or else by one that it accepts and takes back at once, which nobody sees. It answers within a second. That Temporal is away is no reason to send events elsewhere: they are accepted, and delivered once it is back.',
  access: 'public',
  responses: {
    '200': {
      description: 'They can',
      schema: answer,
      examples: { example: { status: 'ready', database: 'ok', temporal: 'ok' } },
    },
    '503': {
      description: 'The database takes nothing',
      schema: answer,
      examples: {
        example: { status: 'not_ready', database: 'away', temporal: 'ok', outage: 'hangs' },
      },
    },
  },
  async handle(_request, { readiness, engine }) {
    const [reached, found] = await Promise.all([engine.reachesTemporal(), readiness.outage()]);
    const temporal = reached ? 'ok' : 'away';
    return found === undefined
      ? { status: 200, json: { status: 'ready', database: 'ok', temporal } }
      : { status: 503, json: { status: 'not_ready', database: 'away', temporal, outage: found } };
  },
});
