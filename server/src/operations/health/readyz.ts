import { OUTAGES } from '@careerhooks/store';
import { z } from 'zod';
import { defineOperation } from '../../operation';

const partStatus = z
  .enum(['ok', 'away'])
  .meta({ id: 'PartStatus', description: 'Whether it answers' });

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
    stopping: z.boolean().optional().meta({
      description:
        'Only of a process that was asked to stop: it takes what still comes for some seconds, and then nothing more. Send what is new elsewhere',
    }),
  })
  .meta({ id: 'Readiness', description: 'What answers of what is needed' });

export const readyzOperation = defineOperation({
  id: 'readyz',
  method: 'get',
  path: '/readyz',
  tag: 'Health',
  summary: 'Whether events can be accepted',
  description:
    'It goes by the events that were accepted or refused within the last second, or else by one that it accepts and takes back at once, which nobody sees. It answers within a second. That Temporal is away is no reason to send events elsewhere: they are accepted, and delivered once it is back. A process that stops says 503 before it takes nothing more: first it says so, for as long as CAREERHOOKS_DRAIN_SECONDS, and then it closes.',
  access: 'public',
  responses: {
    '200': {
      description: 'They can',
      schema: answer,
      examples: { example: { status: 'ready', database: 'ok', temporal: 'ok' } },
    },
    '503': {
      description: 'The database takes nothing, or the process is about to stop',
      schema: answer,
      examples: {
        example: { status: 'not_ready', database: 'away', temporal: 'ok', outage: 'hangs' },
        stopping: { status: 'not_ready', database: 'ok', temporal: 'ok', stopping: true },
      },
    },
  },
  async handle(_request, { readiness, engine, isStopping }) {
    const [reached, found] = await Promise.all([engine.reachesTemporal(), readiness.outage()]);
    const ready = found === undefined && !isStopping();
    return {
      status: ready ? 200 : 503,
      json: {
        status: ready ? 'ready' : 'not_ready',
        database: found === undefined ? 'ok' : 'away',
        temporal: reached ? 'ok' : 'away',
        outage: found,
        ...(isStopping() && { stopping: true }),
      },
    };
  },
});
