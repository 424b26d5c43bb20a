import type { EgressClient, EgressError, EgressPolicy } from '@careerhooks/egress';
import type { Attempt, DeliveryErrorCode, SigningKeys, System } from '@careerhooks/systems';
import type { z } from 'zod';

/** What a destination takes beside the URL: a JSON object, which is stored sealed. */
export type DestinationSettings = Readonly<Record<string, unknown>>;

/** Where something is to be sent. */
export interface Target<Settings extends DestinationSettings = DestinationSettings> {
  url: string;
  /** Empty where the endpoint has none. */
  settings: Settings;
  /** Milliseconds that the receiver has for all of its answer. */
  timeoutMs: number;
}

/** All that the request of one attempt depends on. */
export type AttemptToSend = Omit<Attempt, 'body'>;

/** All that a challenge depends on. */
export interface ChallengeToSend {
  system: System;
  endpointId: string;
  /** The text that the receiver has to echo. */
  text: string;
  /** Unix time of the request, in seconds. */
  timestamp: number;
  keys: readonly SigningKeys[];
}

/** A request as it goes out; a destination adds what its protocol needs. */
export interface OutgoingRequest {
  url: string;
  body: Buffer;
}

/** What came back, as far as the log shows it; a destination adds what it judges by. */
export interface Reply {
  /** The answer's status, where the protocol has numbers for it; null where there was no answer. */
  statusCode: number | null;
  /** What was read of the answer; null where there was none. */
  body: Buffer | null;
  /** Why there was no answer, or none that was complete. */
  error: EgressError | null;
}

/** What a reply means for the delivery. */
export type Judgement =
  | { verdict: 'delivered' }
  /** The receiver will never want anything again: its endpoint is disabled, for `reason`. */
  | { verdict: 'gone'; errorCode: DeliveryErrorCode; reason: string }
  /** `waitMs`: the least time to wait that the receiver asked for. */
  | { verdict: 'try_again'; errorCode: DeliveryErrorCode; waitMs: number };

/** What came of one challenge: what was wrong with it, for programs and for people. */
export interface ChallengeJudgement {
  /** Null where it was answered rightly. */
  error: { code: DeliveryErrorCode; message: string } | null;
  /** The beginning of what the receiver answered, never with the challenge's text; null where nothing came. */
  answer: string | null;
}

/** How the receivers of a destination prove that they want events. */
export interface Challenges<
  Settings extends DestinationSettings,
  Request extends OutgoingRequest,
  Answer extends Reply,
> {
  prepare(target: Target<Settings>, challenge: ChallengeToSend): Request;
  /** Whether `reply` proves that `text` was read; where not, what its owner can do. */
  judge(text: string, reply: Answer): ChallengeJudgement;
}

/**
 * A kind of receiver: how its endpoints are described, and how events get there. An endpoint's URL
 * says by its scheme which one it is. Whatever goes out, goes out through egress.
 */
export interface Destination<
  Settings extends DestinationSettings = DestinationSettings,
  Request extends OutgoingRequest = OutgoingRequest,
  Answer extends Reply = Reply,
> {
  /** As people write it: `webhook`. */
  name: string;
  /** Schemes of its URLs, with their colon, as the WHATWG parser gives them: `https:`. */
  schemes: readonly string[];
  /** What its URLs are like, for the API's reference, and one of them. */
  url: { description: string; example: string };
  /** The API's one field that has all that it takes beside the URL, whole: it replaces what there was. */
  settings: {
    field: string;
    schema: z.ZodType;
    description: string;
    /** Whether an endpoint cannot be without. */
    required: boolean;
  };
  /** Fields by which the API's answers show its endpoints; `show` gives all of them. */
  shown: Readonly<Record<string, z.ZodType>>;
  /**
   * What is sealed is opened for an attempt alone: it shows what the URL says, and whether there are
   * settings. Undefined is an endpoint of another destination.
   */
  show(endpoint: { url: string; hasSettings: boolean } | undefined): Record<string, unknown>;
  /** Throws EgressError where nothing can be sent to the URL. */
  checkUrl(url: string, policy: EgressPolicy): void;
  /** Throws EgressError where nothing can be sent with settings that their schema lets through. */
  checkSettings(settings: Settings): void;
  /** Builds and signs the request of one attempt. The same event has the same body on every attempt. */
  prepare(target: Target<Settings>, attempt: AttemptToSend): Request;
  /** Sends it once. Never rejects for what the receiver, its URL or its network did. */
  send(request: Request, egress: EgressClient): Promise<Answer>;
  /** @param now Unix time in milliseconds, at which the reply had come. */
  judge(reply: Answer, now: number): Judgement;
  /** Undefined where its receivers cannot be challenged: its endpoints are active at once. */
  challenges?: Challenges<Settings, Request, Answer>;
}
