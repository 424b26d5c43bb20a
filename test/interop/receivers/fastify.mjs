/** A receiver on Fastify with its defaults, installed in the folder that is named; writes its port. */
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { fastify } = createRequire(join(process.argv[2], 'package.json'))('fastify');

const app = fastify();
app.post('/hook', (request, reply) =>
  reply.send({ challenge: request.body.challenge, bytes: request.headers['content-length'] }),
);
await app.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`port ${app.server.address().port}\n`);
