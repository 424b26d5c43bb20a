import type { Operation } from '../operation';
import { getStatsOperation } from './catalogue/get-stats';
import { listSystemsOperation } from './catalogue/list-systems';
import { changeCvOperation } from './cv/change-cv';
import { getCvChangeOperation } from './cv/get-cv-change';
import { getCvOperation } from './cv/get-cv';
import { getCvHtmlOperation } from './cv/get-cv-html';
import { getCvPdfOperation } from './cv/get-cv-pdf';
import { getCvResumeOperation } from './cv/get-cv-resume';
import { importCvResumeOperation } from './cv/import-cv-resume';
import { listCvChangesOperation } from './cv/list-cv-changes';
import { cancelDeliveryOperation } from './deliveries/cancel-delivery';
import { claimDeliveryOperation } from './deliveries/claim-delivery';
import { getDeliveryOperation } from './deliveries/get-delivery';
import { listDeliveriesOperation } from './deliveries/list-deliveries';
import { reportOutcomeOperation } from './deliveries/report-outcome';
import { retryDeliveryOperation } from './deliveries/retry-delivery';
import { createEndpointOperation } from './endpoints/create-endpoint';
import { deleteEndpointOperation } from './endpoints/delete-endpoint';
import { detachEndpointOperation } from './endpoints/detach-endpoint';
import { getEndpointOperation } from './endpoints/get-endpoint';
import { listEndpointsOperation } from './endpoints/list-endpoints';
import { pauseEndpointOperation } from './endpoints/pause-endpoint';
import { replayEndpointOperation } from './endpoints/replay-endpoint';
import { resumeEndpointOperation } from './endpoints/resume-endpoint';
import { rotateSecretOperation } from './endpoints/rotate-secret';
import { testEndpointOperation } from './endpoints/test-endpoint';
import { updateEndpointOperation } from './endpoints/update-endpoint';
import { verifyEndpointOperation } from './endpoints/verify-endpoint';
import { getEventOperation } from './events/get-event';
import { listEventsOperation } from './events/list-events';
import { publishEventsOperation } from './events/publish-events';
import { getMetricsOperation } from './health/get-metrics';
import { healthzOperation } from './health/healthz';
import { readyzOperation } from './health/readyz';
import { createInvitationOperation } from './invitations/create-invitation';
import { listInvitationsOperation } from './invitations/list-invitations';
import { redeemInvitationOperation } from './invitations/redeem-invitation';
import { revokeInvitationOperation } from './invitations/revoke-invitation';
import { createKeyOperation } from './keys/create-key';
import { getMeOperation } from './keys/get-me';
import { listKeysOperation } from './keys/list-keys';
import { revokeKeyOperation } from './keys/revoke-key';

/** The native API, in the order in which its documentation shows it. */
export const OPERATIONS: readonly Operation[] = [
  publishEventsOperation,
  getEventOperation,
  listEventsOperation,
  createEndpointOperation,
  listEndpointsOperation,
  getEndpointOperation,
  updateEndpointOperation,
  deleteEndpointOperation,
  detachEndpointOperation,
  verifyEndpointOperation,
  testEndpointOperation,
  pauseEndpointOperation,
  resumeEndpointOperation,
  rotateSecretOperation,
  replayEndpointOperation,
  listDeliveriesOperation,
  getDeliveryOperation,
  retryDeliveryOperation,
  cancelDeliveryOperation,
  claimDeliveryOperation,
  reportOutcomeOperation,
  getCvOperation,
  getCvPdfOperation,
  getCvHtmlOperation,
  getCvResumeOperation,
  importCvResumeOperation,
  changeCvOperation,
  listCvChangesOperation,
  getCvChangeOperation,
  getStatsOperation,
  listSystemsOperation,
  getMeOperation,
  createKeyOperation,
  listKeysOperation,
  revokeKeyOperation,
  createInvitationOperation,
  listInvitationsOperation,
  revokeInvitationOperation,
  redeemInvitationOperation,
  healthzOperation,
  readyzOperation,
  getMetricsOperation,
];
