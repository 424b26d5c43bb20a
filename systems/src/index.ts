export type {
  DeliveryFacts,
  EventFacts,
  EventType,
  HeaderFacts,
  Received,
  RetrySchedule,
  SigningKeys,
  System,
  SystemLimits,
  Throttle,
} from './system';

export {
  findDeliverableType,
  findEventType,
  findSystem,
  noSuchSystem,
  systems,
} from './find-system';
export { operationalEvents, operationalEventsOf } from './operational-events';
export { acceptanceOf } from './acceptance';
export type { Acceptance } from './acceptance';
export { normaliseOffset } from './normalise-offset';
export { validateEventData } from './validate-event-data';
export { inWords, tellIssue } from './in-words';
export { matchesPattern, unknownPatterns } from './patterns';
export { SystemsError, systemsErrors } from './errors';
export { deliveryErrors } from './delivery-errors';
export type { DeliveryErrorCode } from './delivery-errors';
export type { EventDataIssue, SystemsErrorCode } from './errors';

export { encodeBody } from './encode-body';
export { excessBytes, MAX_BODY_BYTES } from './body-size';
export { encodeJson, isEncoded } from './json/encode-json';
export { findTexts, pathText } from './json/find-texts';
export type { FoundText } from './json/find-texts';
export type { Json, JsonObject } from './json/json';
export { JsonText } from './json/json-text';
export type { JsonParts } from './json/json-text';
export { requestHeaders } from './request-headers';
export type { Attempt } from './request-headers';
export { isSuccess } from './success';
export { DELIVERY_LIFETIME_MS, extendedRetry, retryDelayMs } from './retry';

export { generateKeys, generateSecret } from './secret';
export {
  generatePrivateKey,
  generateSigningKey,
  isSigningKey,
  parsePrivateKey,
  parsePublicKey,
  parseSigningKey,
  publicKeyOf,
} from './standard-webhooks/keys';
export { sign, signAsymmetric } from './standard-webhooks/sign';
export { signMessage } from './standard-webhooks/sign-message';
export { TIMESTAMP_TOLERANCE_SECONDS, verify } from './standard-webhooks/verify';
export type { ReceivedMessage } from './standard-webhooks/verify';
export type { Message } from './standard-webhooks/message';

export { answersChallenge } from './challenge/answers-challenge';
export { CHALLENGE_TYPE, challengeBody, generateChallenge } from './challenge/challenge-body';
export { challengeHeaders } from './challenge/challenge-headers';
export { redactChallenge } from './challenge/redact-challenge';
export type { Challenge } from './challenge/challenge-headers';
