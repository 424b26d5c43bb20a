export { createApp } from './app';
export { invitationLink } from './connect-page';
export { answerClientErrors } from './limits/answer-client-error';
export type { CvSettings, EnginePort, ServerContext } from './context';
export {
  createTokenVerifier,
  type TokenSettings,
  type TokenVerifier,
} from './access/token-verifier';
export { errorsPage } from './problems/errors-page';
export { type Messages, expressMessages } from './express-messages';
export { createMetrics, type Metrics } from './metrics';
export type { TemporalUse } from './temporal-gauges';
