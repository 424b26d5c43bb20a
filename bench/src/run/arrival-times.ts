import { type Distribution, distributionOf } from './distribution';
import type { Publication } from './publisher';
import type { Arrival } from './receiver-messages';

/**
 * From each publication's 202 to its deliveries at the receiver; below zero where those were faster.
 * Arrivals of other publications are left out.
 */
export function acceptedToReceived(
  publications: readonly Publication[],
  arrivals: readonly Arrival[],
): Distribution {
  const acceptedAt = new Map(
    publications.flatMap((publication) =>
      publication.marks.map((mark) => [mark, publication.acceptedAt]),
    ),
  );
  return distributionOf(
    arrivals.flatMap(({ mark, at }) => {
      const accepted = acceptedAt.get(mark);
      return accepted === undefined ? [] : [at - accepted];
    }),
  );
}
