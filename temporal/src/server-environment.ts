/**
 * What the embedded server is started with. It asks who its user is, and does not start where the machine
 * does not know, as in a container that runs as any user, and `USER` and `HOME` do not say either.
 *
 * @param home an absolute path, which stands in for a home that is not named
 */
export function serverEnvironment(env: NodeJS.ProcessEnv, home: string): NodeJS.ProcessEnv {
  return { ...env, USER: env.USER || 'careerhooks', HOME: env.HOME || home };
}
