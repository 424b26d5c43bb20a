import type { RequestHandler } from 'express';

/** Whether a path is `root` or below it. */
export function isUnder(root: string, path: string): boolean {
  return path === root || path.startsWith(`${root}/`);
}

/** Only for paths from `root` on; the handler sees the whole path, as Express's own mounting would not let it. */
export function onlyUnder(root: string): (handler: RequestHandler) => RequestHandler {
  return (handler) => (request, response, next) =>
    isUnder(root, request.path) ? handler(request, response, next) : next();
}
