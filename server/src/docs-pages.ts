import { join } from 'node:path';
import { Router } from 'express';
// The package's main file would run the whole user interface here, only to say where it is.
import getAbsoluteFSPath from 'swagger-ui-dist/absolute-path';
import { PROBLEMS } from './problems/catalogue';

/**
 * The pages under /docs: the API's reference, drawn by Swagger UI from
 * /openapi.json, and the list of errors. Everything comes from this server.
 */
export function createDocsPages(): Router {
  const router = Router();
  const assets = getAbsoluteFSPath();
  for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png']) {
    router.get(`/docs/${file}`, (_request, response) => response.sendFile(join(assets, file)));
  }
  router.get('/docs/start.js', (_request, response) => response.type('js').send(START_SCRIPT));
  router.get('/docs/errors', (_request, response) => response.type('html').send(errorsPage()));
  router.get('/docs', (_request, response) => response.type('html').send(REFERENCE_PAGE));
  return router;
}

const REFERENCE_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>CareerHooks API</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="reference"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>`;

/** Requests from the page go to where the page came from, whatever proxies are between. */
const START_SCRIPT = `fetch('/openapi.json')
  .then((answer) => answer.json())
  .then((document) =>
    SwaggerUIBundle({
      spec: { ...document, servers: [{ url: location.origin }] },
      dom_id: '#reference',
      deepLinking: true,
      persistAuthorization: true,
      defaultModelsExpandDepth: 0,
    }),
  );`;

function errorsPage(): string {
  const rows = Object.entries(PROBLEMS).map(
    ([code, { status, title }]) =>
      `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${title}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>CareerHooks errors</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; } td, th { padding: 0.3rem 0.8rem; border-bottom: 1px solid #ddd; text-align: left; }
tr:target { background: #fff3c4; }
</style></head>
<body>
<h1>Errors</h1>
<p>Every error of the API is a problem+json object (RFC 9457) with one of these codes, a <code>detail</code> that says what to do,
and, where fields are wrong, <code>issues</code>.</p>
<table><thead><tr><th>code</th><th>status</th><th>meaning</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table>
</body></html>`;
}
