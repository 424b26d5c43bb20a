import { cv } from './cv';
import { pathfinder } from './pathfinder';
import { proposals } from './proposals';
import { resumebuilder } from './resumebuilder';
import { roleready } from './roleready';
import type { System } from './system';

/** Every system, a folder and a line each, in the order in which lists show them. */
export const registry: readonly System[] = [cv, roleready, pathfinder, resumebuilder, proposals];
