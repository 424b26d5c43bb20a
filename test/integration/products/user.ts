import { findSystem } from '@careerhooks/systems';
import type { Answer } from '../../support/call-api';
import type { TestCareerHooks } from '../../support/careerhooks';
import { startTestReceiver, type TestReceiver } from '../../support/receiver';
import { sendPrinted } from './conformance';

/** A user of a product with a token and a receiver of their own. */
export interface ProductUser {
  user: string;
  token: string;
  receiver: TestReceiver;
  /** Sends a request of the document, as printed. */
  send: (printed: string, changes?: Record<string, string>) => Promise<Answer>;
  call: (method: string, path: string, body?: unknown) => Promise<Answer>;
  /** Publishes an event of this type, with its example unless `data` says otherwise. */
  publish: (type: string, data?: unknown) => Promise<Answer>;
}

let users = 0;

/** @param prefix `/pathfinder`: the product's routes under its own path. */
export async function startUser(
  careerHooks: TestCareerHooks,
  system: string,
  prefix = '',
): Promise<ProductUser> {
  const user = `user_${++users}`;
  const token = await careerHooks.key({ system, user });
  const receiver = await startTestReceiver();
  receivers.push(receiver);
  return {
    user,
    token,
    receiver,
    send: (printed, changes) =>
      sendPrinted(careerHooks, printed, { token, prefix, ...(changes && { changes }) }),
    call: (method, path, body) => careerHooks.call(method, `${prefix}${path}`, body, { token }),
    publish: (type, data) =>
      careerHooks.call(
        'POST',
        '/v1/events',
        { type, data: data ?? findSystem(system)!.events[type]!.example },
        { token },
      ),
  };
}

const receivers: TestReceiver[] = [];

afterAll(() => Promise.all(receivers.map((receiver) => receiver.stop())));
