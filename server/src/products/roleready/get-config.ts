import { findSingleton } from '@careerhooks/store';
import { findSystem } from '@careerhooks/systems';
import { z } from 'zod';
import { defineOperation } from '../../operation';
import { isoTime } from '../../present/times';
import { timeOut } from '../../schemas/common';
import { ownerOf } from '../identify';

export const getConfigOperation = defineOperation({
  id: 'rolereadyGetConfig',
  method: 'get',
  path: '/api/webhooks/config',
  tag: 'Webhook configuration',
  summary: 'Get the webhook configuration',
  access: 'manage',
  responses: {
    '200': {
      description: 'The configuration, or none',
      schema: z.object({
        configured: z.boolean(),
        config: z
          .object({
            id: z.string(),
            url: z.string(),
            enabled: z.boolean(),
            enabledEvents: z.array(z.string()),
            createdAt: timeOut,
            updatedAt: timeOut,
          })
          .nullable(),
        availableEvents: z.array(z.string()),
      }),
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
