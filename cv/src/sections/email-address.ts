import { isEmailAddress } from '@careerhooks/egress';
import { z } from 'zod';

/** An e-mail address in any script: `josé@example.com`, `owner@bücher.example`. */
export const emailAddress = z
  .string()
  .max(320, 'must have at most 320 characters')
  .refine(isEmailAddress, 'must be an e-mail address');
