import type { FontSettings, NotifySettings, PdfSettings } from '@careerhooks/cv';
import type { EgressClient, EgressPolicy } from '@careerhooks/egress';
import type { Store } from '@careerhooks/store';
import type { Logger } from 'pino';

/** What the steps of the CV reach, and how. */
export interface CvServices {
  /** Of GitHub's REST API. */
  githubUrl: string;
  githubToken?: string | undefined;
  notify: NotifySettings;
  /** What the PDF is drawn with. */
  fonts: FontSettings;
  /** What it looks like. */
  pdf: Pick<PdfSettings, 'style' | 'paper'>;
  egressPolicy: EgressPolicy;
  /** Log each step. */
  debug: boolean;
}

/** What each step of a change of the CV works with. */
export interface CvContext {
  store: Store;
  egress: EgressClient;
  services: CvServices;
  /** Says that there are deliveries to take. */
  wake(): void;
  log: Logger;
}
