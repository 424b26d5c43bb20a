/** Answers as Hono's users write it: a text beside a 204, whose length Hono sends along. */
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [, , folder, port] = process.argv;
const installed = createRequire(join(folder, 'package.json'));
const { Hono } = installed('hono');
const { serve } = installed('@hono/node-server');

const app = new Hono();
app.post('/hook', (c) => c.text('ok', 204));
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(port) });
