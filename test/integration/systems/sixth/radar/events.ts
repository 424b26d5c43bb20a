import { z } from 'zod';
import { count, moment, text } from '../../../../../systems/src/fields';
import type { EventType } from '../../../../../systems/src/system';

/** What Portfolio Radar tells of. */
export const events: Readonly<Record<string, EventType>> = {
  'portfolio.mentioned': {
    description: 'A page mentioned the portfolio.',
    group: 'portfolio',
    schema: z.looseObject({ portfolio: text, page: text, seen_at: moment }),
    example: {
      portfolio: 'portfolio_1',
      page: 'https://news.example.com/talks/42',
      seen_at: '2026-01-31T10:05:00Z',
    },
  },
  'portfolio.ranked': {
    description: 'The portfolio has another rank.',
    group: 'portfolio',
    schema: z.looseObject({ portfolio: text, rank: count }),
    example: { portfolio: 'portfolio_1', rank: 7 },
  },
  'scan.failed': {
    description: 'A scan ended without a result.',
    group: 'scan',
    schema: z.looseObject({ scan: text, error: text }),
    example: { scan: 'scan_1', error: 'timeout' },
  },
};
