import { findSingleton } from '@careerhooks/store';
import { findSystem } from '@careerhooks/systems';
import { z } from 'zod';
import { defineOperation } from '../../operation';
import { isoTime } from '../../present/times';
import { timeOut } from '../../schemas/common';
import { ownerOf } from '../identify';

const configOut = z
  .object({
    id: z.string().meta({ description: 'Id of the configuration' }),
    url: z.string().meta({ description: 'Where events are sent' }),
    enabled: z.boolean().meta({ description: 'Whether anything is delivered' }),
    enabledEvents: z.array(z.string()).meta({ description: 'Event types that are delivered' }),
    createdAt: timeOut.meta({ description: 'When it was made' }),
    updatedAt: timeOut.meta({ description: 'When it was changed last' }),
  })
  .meta({ id: 'Config', description: 'A configuration, without its secret' });

export const getConfigOperation = defineOperation({
  id: 'rolereadyGetConfig',
  method: 'get',
  path: '/api/webhooks/config',
  tag: 'Webhook configuration',
  summary: 'Get the webhook configuration',
  description: 'Without its secret; and every event type that there is.',
  access: 'manage',
  responses: {
    '200': {
      description: 'The configuration, or none',
      schema: z
        .object({
          configured: z.boolean().meta({ description: 'Whether there is a configuration' }),
          config: configOut.nullable().meta({ description: 'Null where there is none' }),
          availableEvents: z
            .array(z.string())
            .meta({ description: 'Every event type that there is' }),
        })
        .meta({ id: 'ConfigAnswer', description: 'The configuration, or none' }),
      examples: {
        example: {
          configured: true,
          config: {
            id: 'ep_0192f0c4a7b17c3e8d21',
            url: 'https://hooks.example.com/webhooks',
            enabled: true,
            enabledEvents: ['resume.parsed'],
            createdAt: '2026-11-24T09:30:00.000Z',
            updatedAt: '2026-11-24T09:30:00.000Z',
          },
          availableEvents: ['resume.parsed', 'ats.check_completed'],
        },
      },
    },
  },
  async handle({ caller }, { store }) {
    const config = await findSingleton(store, ownerOf(caller));
    return {
      status: 200,
      json: {
        configured: config !== undefined,
        config:
          config === undefined
            ? null
            : {
                id: config.id,
                url: config.url,
                enabled: config.status === 'active',
                enabledEvents: config.events,
                createdAt: isoTime(config.createdAt),
                updatedAt: isoTime(config.updatedAt),
              },
        availableEvents: Object.keys(findSystem('roleready')?.events ?? {}),
      },
    };
  },
});
