export type {
  AttemptToSend,
  ChallengeJudgement,
  Challenges,
  ChallengeToSend,
  Destination,
  DestinationSettings,
  Judgement,
  OutgoingRequest,
  Reply,
  Target,
} from './destination';
export { destinationOf } from './destination-of';
export { hostOf } from './host-of';
export { destinations } from './registry';
