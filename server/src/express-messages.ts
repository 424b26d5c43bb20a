import { IncomingMessage, ServerResponse } from 'node:http';
import type { Express } from 'express';

/** Node's `createServer` makes its requests and responses of these classes. */
export interface Messages {
  IncomingMessage: typeof IncomingMessage;
  ServerResponse: typeof ServerResponse;
}

/**
 * Classes whose objects are born with the prototypes that Express gives to every
 * request and response. It would set them on each: an object whose prototype changes
 * makes V8 forget what it knows of it, and costs all code that touches it later. To
 * set what is set already changes nothing.
 */
export function expressMessages(app: Express): Messages {
  class BornRequest extends IncomingMessage {}
  class BornResponse<From extends IncomingMessage> extends ServerResponse<From> {}
  Object.setPrototypeOf(BornRequest.prototype, app.request);
  Object.setPrototypeOf(BornResponse.prototype, app.response);
  app.request = BornRequest.prototype as Express['request'];
  app.response = BornResponse.prototype as Express['response'];
  return { IncomingMessage: BornRequest, ServerResponse: BornResponse };
}
