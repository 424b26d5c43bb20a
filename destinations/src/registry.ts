import type { Destination } from './destination';
import { webhook } from './webhook';

/** Every destination. The first one judges URLs whose scheme nobody has, and refuses them. */
export const destinations: readonly [Destination, ...Destination[]] = [webhook];
