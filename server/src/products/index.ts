import { pathfinder } from './pathfinder';
import type { Product } from './product';
import { proposals } from './proposals';
import { resumebuilder } from './resumebuilder';
import { roleready } from './roleready';

/** The products whose own API is served. */
export const PRODUCTS: readonly Product[] = [roleready, pathfinder, resumebuilder, proposals];
