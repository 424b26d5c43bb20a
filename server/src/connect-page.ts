import { join } from 'node:path';
import { Router } from 'express';

/** The compiler puts what runs in browsers beside the server's own; tests run the sources. */
const BROWSER = join(__dirname, '../dist/browser');

/** All that the page may do: run its script and style from here, and call the API here. */
export const CONNECT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  // Its script handles its forms; without the script, nothing is sent anywhere.
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/** The link to the page that makes a key by an invitation; browsers send what is behind the # to nobody. */
export function invitationLink(origin: string, code: string): string {
  return `${origin}/connect#${code}`;
}

/**
 * The page at /connect, where whoever has no shell makes the token for n8n. It does so by the API; the
 * server only hands out files.
 */
export function createConnectPage(): Router {
  // One spelling, which the policy for it knows.
  const router = Router({ caseSensitive: true, strict: true });
  router.get('/connect', (_request, response) => response.type('html').send(PAGE));
  router.get('/connect/page.css', (_request, response) => response.type('css').send(STYLE));
  router.get('/connect/page.js', (_request, response) =>
    response.sendFile('connect.js', { root: BROWSER }),
  );
  return router;
}

// No field has a name: a form that is sent without the script has nothing in it.
const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Connect n8n to CareerHooks</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/connect/page.css">
<script type="module" src="/connect/page.js"></script>
</head>
<body>
<main>
<h1>Connect n8n to CareerHooks</h1>
<noscript><p>This page needs JavaScript. Without it, <code>careerhooks keys create</code> makes the token.</p></noscript>
<p id="alert" role="alert"></p>
<p class="warning" id="insecure" hidden>This page came without HTTPS: whoever is on the network between can read the token. Use its
https:// address, where there is one.</p>

<section id="sign-in" hidden>
<p>n8n asks for a base URL and a token. Make the token here.</p>
<form id="sign-in-form" method="post">
<label for="admin-token">Admin token</label>
<input id="admin-token" type="password" required autofocus autocomplete="off" spellcheck="false" aria-describedby="admin-token-hint">
<p class="hint" id="admin-token-hint">Whoever installed CareerHooks has it: in the file <code>admin-token</code> of the data
folder, or as <code>CAREERHOOKS_ADMIN_TOKEN</code>. This page forgets it when you leave. You do not have it? Ask them for a
link, which they make on this page.</p>
<button>Continue</button>
</form>
</section>

<section id="choose" hidden>
<h2 tabindex="-1">What is the token for?</h2>
<form id="choose-form" method="post">
<label for="system">System</label>
<select id="system" required aria-describedby="system-hint"></select>
<p class="hint" id="system-hint">A token is for one system. Make one for each, and a credential in n8n for each.</p>
<label for="user">User (optional)</label>
<input id="user" autocomplete="off" spellcheck="false" maxlength="200" aria-describedby="user-hint">
<p class="hint" id="user-hint">The system’s own id of one user, whose events alone n8n gets then. Empty: those of all users.</p>
<p class="check"><input id="publish" type="checkbox" aria-describedby="publish-hint"><label for="publish">Workflows may publish events, too</label></p>
<p class="hint" id="publish-hint">For the CareerHooks node’s Event → Publish. To receive events, n8n does not need it.</p>
<button value="token">Make the token</button>
<p class="hint">Or, for somebody else’s n8n, a link by which they make it themselves:</p>
<button value="link" class="second">Make a link to send</button>
</form>
</section>

<section id="link" hidden>
<h2 tabindex="-1">Send this link</h2>
<p id="about-link"></p>
<label for="url">Link</label>
<p class="copy"><input id="url" readonly spellcheck="false" aria-describedby="url-hint"><button type="button" data-copies="url" aria-label="Copy the link">Copy</button></p>
<p class="hint" id="url-hint">Whoever opens it first has the token. It is shown this once.</p>
<p class="status" role="status"></p>
<button type="button" data-again>Make another</button>
</section>

<section id="invited" hidden>
<h2 tabindex="-1">Make your token for n8n</h2>
<p>Somebody who runs CareerHooks has sent you this link. It makes one token, once: make it when you have n8n at hand.</p>
<form id="invited-form" method="post">
<button>Make my token</button>
</form>
</section>

<section id="result" hidden>
<h2 tabindex="-1">Paste both into n8n</h2>
<p id="about-token"></p>
<label for="base-url">Base URL</label>
<p class="copy"><input id="base-url" readonly><button type="button" data-copies="base-url" aria-label="Copy the base URL">Copy</button></p>
<p class="hint" id="loopback" hidden>This address is your own machine. If n8n runs in a container or elsewhere, give it the name or
address by which it reaches this machine.</p>
<label for="token">Token</label>
<p class="copy"><input id="token" readonly spellcheck="false" aria-describedby="token-hint"><button type="button" data-copies="token" aria-label="Copy the token">Copy</button></p>
<p class="hint" id="token-hint">It is shown this once. Whoever has it can use it: paste it nowhere else.</p>
<p class="status" role="status"></p>
<h3>In n8n</h3>
<ol>
<li>Click <b>+</b> at the top left, and <b>New credential</b>.</li>
<li>Search for <b>CareerHooks API</b>, and click <b>Continue</b>.</li>
<li>Paste both, and click <b>Save</b>: n8n says whether they are right.</li>
</ol>
<button type="button" id="again" data-again>Make another</button>
</section>
</main>
</body>
</html>`;

const STYLE = `:root { color-scheme: light dark; --line: #8a8f98; --soft: #5b616b; --accent: #1d4ed8; --on-accent: #fff; --bad: #b00020; }
@media (prefers-color-scheme: dark) { :root { --soft: #a6adb8; --accent: #93b4ff; --on-accent: #10131a; --bad: #ff8a95; } }
* { box-sizing: border-box; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; }
main { max-width: 34rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; } h3 { font-size: 1rem; margin-top: 1.5rem; }
h2:focus { outline: none; }
label { display: block; font-weight: 600; margin-top: 1rem; }
input:not([type=checkbox]), select { font: inherit; width: 100%; min-width: 0; padding: 0.5rem 0.6rem; border: 1px solid var(--line); border-radius: 0.4rem; }
#token, #base-url { font-family: ui-monospace, monospace; font-size: 0.9rem; }
button { font: inherit; font-weight: 600; padding: 0.5rem 1rem; border: 1px solid var(--accent); border-radius: 0.4rem; background: var(--accent); color: var(--on-accent); cursor: pointer; }
button[type=button], .second { background: none; color: var(--accent); }
button:disabled { opacity: 0.6; cursor: default; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
form > button { margin-top: 1rem; }
button + .hint { margin-top: 1.5rem; }
.hint + .second { margin-top: 0.5rem; }
.hint { color: var(--soft); font-size: 0.875rem; margin: 0.25rem 0 0; }
.copy { display: flex; gap: 0.5rem; margin: 0; }
.check { display: flex; gap: 0.5rem; align-items: baseline; margin: 1rem 0 0; }
.check label { margin: 0; }
#alert:not(:empty), .warning { color: var(--bad); border: 1px solid; border-radius: 0.4rem; padding: 0.5rem 0.75rem; }
#alert:empty { margin: 0; }
code { overflow-wrap: anywhere; }
`;
