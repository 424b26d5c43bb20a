/** A copy of an object without some of its fields. */
export function omit<Fields extends object, Key extends keyof Fields>(
  object: Fields,
  ...keys: readonly Key[]
): Omit<Fields, Key> {
  const unwanted: ReadonlySet<string> = new Set(keys.map(String));
  const left = Object.entries(object).filter(([key]) => !unwanted.has(key));
  return Object.fromEntries(left) as Omit<Fields, Key>;
}
