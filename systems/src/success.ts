/** Whether a receiver's HTTP status means that it took the delivery: 200 to 299, never a redirect. */
export function isSuccess(status: number): boolean {
  return status >= 200 && status <= 299;
}
