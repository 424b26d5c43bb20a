import type { CvDocument, FontSettings, Theme } from '@careerhooks/cv';
import type { EgressPolicy } from '@careerhooks/egress';
import type { Delivery, EventIntake, Readiness, Store } from '@careerhooks/store';
import type { Logger } from 'pino';
import type { TokenVerifier } from './access/token-verifier';
import type { Limits } from './limits/limits';
import type { Metrics } from './metrics';

/** What the server asks of whatever runs deliveries. */
export interface EnginePort {
  /** Something was committed that can go out. */
  wake(): void;
  /** A change of the CV was committed whose further steps can begin. */
  wakeCv(): void;
  /** Makes a test delivery's one attempt. */
  test(deliveryId: string): Promise<unknown>;
  /** Challenges a pending endpoint once. */
  challenge(endpointId: string): Promise<unknown>;
  /** Makes the next attempt of a delivery now. */
  retryNow(deliveryId: string): Promise<void>;
  /** Ends the workflow of a cancelled delivery. */
  cancel(deliveryId: string): Promise<void>;
  /** Whether Temporal answers now; for less than a second, and without rejecting. */
  reachesTemporal(): Promise<boolean>;
}

/** How webhooks to the CV are let in. */
export interface CvSettings {
  /** What they are signed with. */
  secret: string;
  /** Signature and token, or any one of signature, key and JWT. */
  auth: 'all' | 'any';
  /** CIDR ranges that they may come from; empty: anywhere. */
  allowIps: readonly string[];
  /** Log each of them, as the document shows. */
  debug: boolean;
  /** What the PDF is drawn with. */
  fonts: FontSettings;
  /** What makes the page at /api/cv.html; undefined: our own. */
  htmlTheme: Theme | undefined;
}

/** The CV's page, with what it may do in a browser. */
export interface CvPage {
  html: string;
  policy: string;
}

/** What the server is made from. */
export interface ServerSettings {
  store: Store;
  intake: EventIntake;
  /** Whether events can be accepted. */
  readiness: Readiness;
  /** Whether this process was asked to stop, and will take nothing more soon. */
  isStopping: () => boolean;
  engine: EnginePort;
  /** What URLs endpoints may have. */
  egressPolicy: EgressPolicy;
  /** The admin's bearer token. */
  adminToken: string;
  /** How the CV's webhooks are let in. */
  cv: CvSettings;
  /** Verifies the tokens that the products themselves give to their users. */
  tokens: TokenVerifier;
  /** The workflow that carries a delivery, and where the Temporal UI shows it (null where no UI is known). */
  workflowOf(delivery: Pick<Delivery, 'id' | 'burstId'>): {
    workflow_id: string;
    workflow_url: string | null;
  };
  /** Requests a second of one key; 0 for any number. */
  requestsPerSecond: number;
  /** Whose `X-Forwarded-For` is believed: the last so many hops, or these CIDR ranges; false: nobody's. */
  trustProxy: number | readonly string[] | false;
  /** Where clients reach the API, without a slash at the end; undefined: wherever they ask. */
  publicUrl: string | undefined;
  metrics: Metrics;
  log: Logger;
}

/** What all operations work with. */
export interface ServerContext extends ServerSettings {
  limits: Limits;
  /** Makes the CV's page; rejects with ThemeError. */
  cvPage: (cv: CvDocument) => Promise<CvPage>;
}
