import { join } from 'node:path';

/** The programs, one folder for each generator. */
export const CLIENTS = join(__dirname, '..', 'clients');
