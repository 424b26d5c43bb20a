import { z } from 'zod';
import { headerText } from './forms';

/** What a secret of the operator's must be, as a setting and as a file of the data folder. */
export const SECRETS = {
  adminToken: headerText(24),
  cvWebhookSecret: z.string().min(16, 'must have at least 16 characters'),
};
