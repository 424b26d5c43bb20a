import type { Value } from './databases/database';

/** Which rows a caller may see: nothing set means all (the admin). */
export interface Scope {
  system?: string;
  user?: string;
}

/** Conditions joined by `and`, with their bindings in order. */
export interface Conditions {
  sql: string[];
  bindings: Value[];
}

/** Starts a condition list with what `scope` may see of the table under `alias`. */
export function visibleTo(scope: Scope, alias: string): Conditions {
  const conditions: Conditions = { sql: [], bindings: [] };
  where(conditions, `${alias}.system = ?`, scope.system);
  where(conditions, `${alias}.user_id = ?`, scope.user);
  return conditions;
}

/** Adds a condition whose one `?` is `value`; nothing where `value` is undefined. */
export function where(conditions: Conditions, sql: string, value: Value | undefined): void {
  if (value === undefined) return;
  conditions.sql.push(sql);
  conditions.bindings.push(value);
}

/** The list as a WHERE clause, or nothing. */
export function whereClause(conditions: Conditions): string {
  return conditions.sql.length === 0 ? '' : `where ${conditions.sql.join(' and ')}`;
}
