import { readPostgresUrl } from '@careerhooks/store';
import { z } from 'zod';
import { reader, type Values } from './forms';

const postgresUrl = z.string().transform(
  reader((text) => {
    readPostgresUrl(text);
    return text;
  }),
);

/** PostgreSQL, where it is not SQLite. */
export const databaseVariables = {
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_DIRECT_URL: postgresUrl.optional(),
};

export interface DatabaseSettings {
  databaseUrl: string | undefined;
  /** The same database without its pooler. */
  databaseDirectUrl: string | undefined;
}

export function databaseSettings(values: Values<typeof databaseVariables>): DatabaseSettings {
  return { databaseUrl: values.DATABASE_URL, databaseDirectUrl: values.DATABASE_DIRECT_URL };
}
