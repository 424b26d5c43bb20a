/** What an operator has to know of the database, in one line. */
export interface Trouble {
  level: 'warn' | 'error';
  message: string;
  facts: Record<string, unknown>;
}
