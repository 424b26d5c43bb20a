import { randomBytes } from 'node:crypto';
import { type CareerHooksProcess, startCareerHooksProcess } from './process';
import { freePorts } from './temporal';

/** `careerhooks server` on this PostgreSQL, without a Temporal: it accepts. */
export async function startBareServer(databaseUrl: string): Promise<CareerHooksProcess> {
  const [port, nowhere] = await freePorts(2);
  return startCareerHooksProcess(
    {
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      TEMPORAL_ADDRESS: `127.0.0.1:${nowhere}`,
      CAREERHOOKS_ADMIN_TOKEN: randomBytes(32).toString('hex'),
      CAREERHOOKS_MASTER_KEY: randomBytes(32).toString('base64'),
      CV_WEBHOOK_SECRET: randomBytes(32).toString('hex'),
      LOG_LEVEL: 'info',
    },
    'server',
  );
}
