import { classic } from './classic';
import { compact } from './compact';
import type { Design } from './design';
import { modern } from './modern';

export type { Design, Look } from './design';

/** The designs by name. */
export const DESIGNS = { classic, modern, compact } as const satisfies Record<string, Design>;

export type DesignName = keyof typeof DESIGNS;

export const DESIGN_NAMES = Object.keys(DESIGNS) as [DesignName, ...DesignName[]];
