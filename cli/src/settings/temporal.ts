import { z } from 'zod';
import { number, port, type Values } from './forms';

/** Of the embedded Temporal, and what Temporal's own variables do not say. */
export const temporalVariables = {
  CAREERHOOKS_TEMPORAL_PORT: port.default(7233),
  CAREERHOOKS_TEMPORAL_UI_PORT: port.default(8233),
  CAREERHOOKS_TEMPORAL_UI_URL: z.url('must be a URL').optional(),
  CAREERHOOKS_TEMPORAL_RETENTION_DAYS: number('must be a whole number of days from 1 to 3650', {
    min: 1,
    max: 3650,
  }).optional(),
};

export interface TemporalSettings {
  temporalPort: number;
  temporalUiPort: number;
  temporalUiUrl: string | undefined;
  /** How long Temporal keeps workflows that have closed; undefined: nothing was said. */
  temporalRetentionDays: number | undefined;
}

export function temporalSettings(values: Values<typeof temporalVariables>): TemporalSettings {
  return {
    temporalPort: values.CAREERHOOKS_TEMPORAL_PORT,
    temporalUiPort: values.CAREERHOOKS_TEMPORAL_UI_PORT,
    temporalUiUrl: values.CAREERHOOKS_TEMPORAL_UI_URL,
    temporalRetentionDays: values.CAREERHOOKS_TEMPORAL_RETENTION_DAYS,
  };
}
