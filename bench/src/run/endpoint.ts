import type { RunningCareerHooks } from './careerhooks';
import { SYSTEM } from './sample-event';

/** Registers `url` for all of a user's events; returns the endpoint's id. */
export async function registerEndpoint(
  { api }: RunningCareerHooks,
  user: string,
  url: string,
): Promise<string> {
  const endpoint = await api.call<{ id: string }>('POST', '/v1/endpoints', {
    system: SYSTEM,
    user,
    url,
    events: ['*'],
    verify: false,
  });
  return endpoint.id;
}

/** Registers one endpoint for each of `count` users, all at this receiver; returns the users. */
export async function registerUsers(
  careerhooks: RunningCareerHooks,
  url: string,
  count: number,
): Promise<string[]> {
  const users = Array.from({ length: count }, (_, index) => `user_${index}`);
  for (const user of users) await registerEndpoint(careerhooks, user, `${url}/${user}`);
  return users;
}
