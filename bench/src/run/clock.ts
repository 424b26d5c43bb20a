/** Milliseconds on the system's monotonic clock, which all processes of this machine share. */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
