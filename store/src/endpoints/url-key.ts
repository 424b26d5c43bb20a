/**
 * What a URL is compared by: where requests for it go, as the WHATWG parser has it. Scheme and host
 * in any case are one, so is a default port that is written out, and a fragment is never sent. Path
 * and query are never decoded or sorted: receivers sign them.
 *
 * What is no URL is compared as it is.
 */
export function urlKey(url: string): string {
  try {
    // Without URL.canParse: in Node 20 and 22, once it is optimised, it says no to letters such as ü.
    const { protocol, host, pathname, search } = new URL(url);
    return `${protocol}//${host}${pathname}${search}`;
  } catch {
    return url;
  }
}
