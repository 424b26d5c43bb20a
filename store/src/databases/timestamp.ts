/** `20260131-100500-123` */
export function timestamp(): string {
  return new Date().toISOString().replace(/[-:Z]/g, '').replace(/[T.]/g, '-');
}
