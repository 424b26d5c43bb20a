import { pathfinder } from './pathfinder';
import type { WebhookProduct } from './product';
import { proposals } from './proposals';
import { resumebuilder } from './resumebuilder';
import { roleready } from './roleready';

/** The products whose own APIs for webhooks are served; the CV Website's is `cv/`. */
export const PRODUCTS: readonly WebhookProduct[] = [
  roleready,
  pathfinder,
  resumebuilder,
  proposals,
];
