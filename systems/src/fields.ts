import { z } from 'zod';
import { normaliseOffset } from './normalise-offset';

/** Text that says something: an id, a name, an error. The documents promise no format beyond that. */
export const text = z.string().min(1);

/** An ISO 8601 date and time, with Z, with an offset or, as Python writes it, with neither. */
export const moment = z.preprocess(normaliseOffset, z.iso.datetime({ offset: true, local: true }));

/** How many there are of something. */
export const count = z.int().nonnegative();
