import type { ReceivedRequest, TestReceiver } from '../../support/receiver';
import { eventIdOf, type Publications } from '../../support/publishing';

/** What one endpoint was to get. */
export interface Audit {
  receiver: TestReceiver;
  publications: readonly Publications[];
  /** When something was killed: what was on the wire then may come again. Unix milliseconds. */
  kills?: readonly number[];
  /** Whether the endpoint asked for one at a time, in order. */
  ordered?: boolean;
  /** When each of these events expired; those that are named here may be lost. Unix milliseconds. */
  expired?: ReadonlyMap<string, number>;
}

/** What came of it. All lists hold ids of events, and are empty where it is as it should be. */
export interface Verdict {
  accepted: number;
  lost: string[];
  /** Came again although they had been taken (2xx): all of them. */
  duplicates: string[];
  /** Requests that were being answered at a kill, or had been a moment before. */
  onTheWire: number;
  /** Duplicates that no kill explains. */
  inexcusable: string[];
  /** Came before one that was accepted earlier, or before the one before was taken. */
  outOfOrder: string[];
  /** Came after they had expired. */
  tooLate: string[];
}

/** How long after an answer it may not be recorded yet, on a busy machine. */
const MOMENT_MS = 1_000;

/**
 * Compares what was accepted (answered 202) with what a receiver got. A request
 * that was answered 2xx, or whose answer 2xx was on its way, counts as taken.
 */
export function check(audit: Audit): Verdict {
  const { receiver, publications, kills = [], expired = new Map<string, number>() } = audit;
  const requests = receiver.requests.map((request) => ({ id: eventIdOf(request), ...request }));
  const accepted = publications.flatMap((publication) => publication.accepted);
  const taken = new Set(requests.filter(isTaken).map(({ id }) => id));
  const again = findAgain(requests);
  return {
    accepted: accepted.length,
    lost: accepted.filter((id) => !taken.has(id) && !expired.has(id)),
    duplicates: again.map(({ id }) => id),
    onTheWire: requests.filter((request) => wasOnTheWire(request, kills)).length,
    inexcusable: again.filter(({ before }) => !wasOnTheWire(before, kills)).map(({ id }) => id),
    outOfOrder: audit.ordered === true ? findOutOfOrder(requests, publications) : [],
    tooLate: requests
      .filter(({ id, at }) => at > (expired.get(id) ?? Infinity))
      .map(({ id }) => id),
  };
}

/** The lists of a verdict that say what must not be. */
export function faultsOf(
  verdict: Verdict,
): Pick<Verdict, 'lost' | 'inexcusable' | 'outOfOrder' | 'tooLate'> {
  const { lost, inexcusable, outOfOrder, tooLate } = verdict;
  return { lost, inexcusable, outOfOrder, tooLate };
}

/** What `faultsOf` gives where nothing is wrong. */
export const FAULTLESS = { lost: [], inexcusable: [], outOfOrder: [], tooLate: [] };

type Identified = ReceivedRequest & { id: string };

function isTaken({ answered }: ReceivedRequest): boolean {
  return answered !== undefined && answered.status >= 200 && answered.status < 300;
}

function wasOnTheWire({ at, answered }: ReceivedRequest, kills: readonly number[]): boolean {
  return kills.some((kill) => at <= kill && (answered?.at ?? Infinity) >= kill - MOMENT_MS);
}

/** Requests for what had been taken already, each with the request that took it. */
function findAgain(requests: readonly Identified[]): { id: string; before: Identified }[] {
  const takenBy = new Map<string, Identified>();
  const again: { id: string; before: Identified }[] = [];
  for (const request of requests) {
    const before = takenBy.get(request.id);
    if (before !== undefined) again.push({ id: request.id, before });
    if (isTaken(request)) takenBy.set(request.id, request);
  }
  return again;
}

/** An event comes before another where it was answered 202 before the other was asked for. */
function findOutOfOrder(
  requests: readonly Identified[],
  publications: readonly Publications[],
): string[] {
  const moments = new Map(publications.flatMap(({ moments: known }) => [...known]));
  const takenAt = new Map<string, number>();
  const wrong = new Set<string>();
  /** When the latest of those that came was asked for. */
  let latest = 0;
  let previous: Identified | undefined;
  for (const request of requests) {
    const { id } = request;
    const first = !takenAt.has(id);
    if (first && (moments.get(id)?.answeredAt ?? Infinity) < latest) wrong.add(id);
    if (previous !== undefined && previous.id !== id && first) {
      if ((takenAt.get(previous.id) ?? Infinity) > request.at) wrong.add(id);
    }
    const askedAt = moments.get(id)?.askedAt ?? 0;
    latest = Math.max(latest, askedAt);
    if (isTaken(request))
      takenAt.set(id, Math.min(takenAt.get(id) ?? Infinity, request.answered?.at ?? 0));
    previous = request;
  }
  return [...wrong];
}
