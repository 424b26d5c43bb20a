export { createApp } from './app';
export { invitationLink } from './connect-page';
export { answerClientErrors } from './limits/answer-client-error';
export type { CvSettings, Engine, ServerContext } from './context';
export {
  createTokenVerifier,
  type TokenSettings,
  type TokenVerifier,
} from './access/token-verifier';
export { errorsPage } from './problems/errors-page';
export { type Messages, messagesOf } from './messages';
export { createMetrics, type Metrics } from './metrics';
export type { TemporalUse } from './temporal-gauges';
