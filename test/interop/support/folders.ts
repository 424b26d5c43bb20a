import { join } from 'node:path';

/** The programs, one folder for each generator. */
export const CLIENTS = join(__dirname, '..', 'clients');

/** What linters need: their own settings, and those of Go their modules. */
export const LINTERS = join(__dirname, '..', 'linters');
