import type { DeliveryToMake } from '../deliveries/load-deliveries';
import type { Endpoint } from '../endpoints/endpoint';

/** Whether what an endpoint is to get waits in its backlog, or until it can take it. */
export function hasToWait({
  status,
  ordered,
  backlogSince,
}: Pick<Endpoint, 'status' | 'ordered' | 'backlogSince'>): boolean {
  return status !== 'active' || ordered || backlogSince !== null;
}

/** Ids of the active endpoints that have to begin a backlog, since some of these deliveries wait for them. */
export function endpointsToBacklog(
  deliveries: readonly {
    delivery: Pick<DeliveryToMake, 'status'> & {
      endpoint: Pick<Endpoint, 'id' | 'status' | 'ordered' | 'backlogSince'>;
    };
  }[],
): string[] {
  const waiting = deliveries.flatMap(({ delivery: { status, endpoint } }) => {
    const waits = status === 'held' && endpoint.status === 'active';
    return waits && (endpoint.ordered || endpoint.backlogSince === null) ? [endpoint.id] : [];
  });
  return [...new Set(waiting)];
}
