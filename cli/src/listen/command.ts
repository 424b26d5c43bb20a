import { stopRequest } from '../stop-request';
import { listen } from './listen';

/** `careerhooks listen`: prints deliveries until SIGINT or SIGTERM, then deletes its endpoint. */
export async function listenCommand(settings: Parameters<typeof listen>[0]): Promise<void> {
  const asked = stopRequest(() => settings.print('Deleting the endpoint.'));
  const listener = await listen(settings);
  await asked;
  await listener.stop();
}
