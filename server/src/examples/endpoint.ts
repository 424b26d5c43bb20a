import type { z } from 'zod';
import { presentDestination } from '../present/present-destination';
import type {
  endpointOut,
  endpointPatch,
  endpointWithKeysOut,
  newEndpoint,
  rotationOut,
} from '../schemas/endpoint';

/** What the reference shows of endpoints. Keys are of the right form, and nobody's. */

export const newEndpointExample: z.input<typeof newEndpoint> = {
  url: 'https://hooks.example.com/careerhooks',
  events: ['resume.*', 'ats.check_completed'],
  description: 'Tells our recruiters',
  identity: 'recruiting-bot/production',
  registered_by: {
    client: 'recruiting-bot',
    label: 'Production',
    url: 'https://bot.example.com/settings',
  },
};

export const endpointPatchExample: z.input<typeof endpointPatch> = {
  events: ['resume.*'],
  max_retries: null,
};

export const endpointExample: z.output<typeof endpointOut> = {
  id: 'ep_0192f0c4a7b17c3e8d21',
  system: 'roleready',
  user: 'user_123',
  url: 'https://hooks.example.com/careerhooks',
  events: ['resume.*', 'ats.check_completed'],
  description: 'Tells our recruiters',
  status: 'active',
  status_reason: null,
  schedule: 'system',
  timeout_seconds: null,
  max_retries: null,
  ordered: false,
  rate_limit: null,
  failing_since: null,
  identity: 'recruiting-bot/production',
  registered_by: {
    client: 'recruiting-bot',
    label: 'Production',
    url: 'https://bot.example.com/settings',
    key_id: 'key_0192f0c4a7b17c3e8d22',
  },
  confirmed_at: '2026-11-24T09:30:00.000Z',
  ends_at: null,
  warnings: [],
  ...presentDestination({ url: newEndpointExample.url, settingsSealed: null }),
  verification: {
    tries: 1,
    last_error: null,
    last_error_code: null,
    last_status_code: 200,
    last_answer_excerpt: '{"challenge":"[challenge]"}',
    verified_at: '2026-11-24T09:30:01.000Z',
    gives_up_at: null,
  },
  created_at: '2026-11-24T09:30:00.000Z',
  updated_at: '2026-11-24T09:30:00.000Z',
};

const keys = {
  secret: 'whsec_b25seS1hbi1leGFtcGxlLW9mLWEtc2VjcmV0',
  signing_key: 'whsec_b25seS1hbi1leGFtcGxlLW9mLWEtc2VjcmV0',
};

export const endpointWithKeysExample: z.output<typeof endpointWithKeysOut> = {
  ...endpointExample,
  ...keys,
};

export const rotationExample: z.output<typeof rotationOut> = {
  ...keys,
  previous_expires_at: '2026-11-25T09:30:00.000Z',
};
