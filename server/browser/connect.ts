/*
 * What the page at /connect does in the browser: makes the token for n8n, with the admin token or by an
 * invitation. Both are kept in these variables alone, and forgotten when the page goes.
 */
let adminToken = '';
let invitation = '';

/** An answer of the API that says no, in its words for people. */
class Refusal extends Error {}

interface Me {
  kind: 'admin' | 'key';
  system: string | null;
  scopes: string[];
}

interface SystemList {
  data: { key: string; name: string }[];
}

interface Key {
  system: string;
  user: string | null;
  token: string;
}

interface Invitation {
  url: string;
  expires_at: string;
}

const STEPS = ['sign-in', 'choose', 'link', 'invited', 'result'] as const;

function element<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`The page has no such element: ${id}.`);
}

const input = (id: string): HTMLInputElement => element(id, HTMLInputElement);

/** Whether the page came from this very machine, so that nothing is on the way. */
const isLocal = /^(localhost|127\..*|\[::1\])$/.test(location.hostname);

element('insecure', HTMLElement).hidden = isLocal || location.protocol === 'https:';

/** Shows one step, and puts whoever uses a keyboard or a screen reader at its beginning. */
function show(step: (typeof STEPS)[number]): void {
  for (const id of STEPS) element(id, HTMLElement).hidden = id !== step;
  element(step, HTMLElement).querySelector<HTMLElement>('[autofocus], h2')?.focus();
}

/** @param token what the request is authorised by; undefined: nothing. */
async function call(
  method: string,
  path: string,
  token: string | undefined,
  body?: object,
): Promise<unknown> {
  const answer = await fetch(path, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    credentials: 'omit',
    redirect: 'error',
  });
  const json = (await answer.json()) as { detail?: string };
  if (!answer.ok) throw new Refusal(json.detail ?? `The answer was ${answer.status}.`);
  return json;
}

/** Does what a form asks for, once at a time, and says what went wrong. */
function onSubmit(id: string, work: (pressed: string) => Promise<void>): void {
  const form = element(id, HTMLFormElement);
  const buttons = form.querySelectorAll('button');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const pressed = event.submitter instanceof HTMLButtonElement ? event.submitter.value : '';
    const alert = element('alert', HTMLElement);
    alert.textContent = '';
    for (const button of buttons) button.disabled = true;
    void work(pressed)
      .catch((error: unknown) => (alert.textContent = wordsFor(error)))
      .finally(() => {
        for (const button of buttons) button.disabled = false;
      });
  });
}

function wordsFor(error: unknown): string {
  return error instanceof Refusal
    ? error.message
    : 'CareerHooks did not answer. See that it runs and that you are online, and try again.';
}

async function systemsFor(token: string): Promise<SystemList['data']> {
  return ((await call('GET', '/v1/systems', token)) as SystemList).data;
}

async function nameOf(system: string, token: string): Promise<string> {
  return (await systemsFor(token)).find(({ key }) => key === system)?.name ?? system;
}

onSubmit('sign-in-form', async () => {
  const token = input('admin-token').value.trim();
  // A header can hold nothing else, and fetch would say so in words of its own.
  if (!/^[\x21-\x7e]+$/.test(token)) throw new Refusal('A token has no spaces or special letters.');
  const me = (await call('GET', '/v1/me', token)) as Me;
  const systems = await systemsFor(token);
  input('admin-token').value = '';
  if (me.kind === 'key') {
    const name = systems.find(({ key }) => key === me.system)?.name ?? me.system;
    showToken(
      token,
      me.scopes.includes('manage')
        ? `This is a token for n8n already, for ${name}.`
        : `This is a key for ${name} that can only publish: n8n’s trigger needs one that may manage endpoints.`,
    );
    return;
  }
  adminToken = token;
  element('system', HTMLSelectElement).replaceChildren(
    ...systems.map(({ key, name }) => new Option(name, key)),
  );
  show('choose');
});

onSubmit('choose-form', async (pressed) => {
  const system = element('system', HTMLSelectElement);
  const user = input('user').value.trim();
  const wanted = {
    system: system.value,
    ...(user !== '' && { user }),
    scopes: input('publish').checked ? ['publish', 'manage'] : ['manage'],
  };
  const name = system.selectedOptions[0]?.text ?? system.value;
  const what = user === '' ? name : `${name}, of the user ${user}`;
  if (pressed === 'link') {
    const made = (await call('POST', '/v1/invitations', adminToken, wanted)) as Invitation;
    const until = new Date(made.expires_at).toLocaleString();
    element('about-link', HTMLElement).textContent =
      `It makes one token for ${what}, once, until ${until}.`;
    input('url').value = location.origin + location.pathname + new URL(made.url).hash;
    show('link');
  } else {
    const { token } = (await call('POST', '/v1/keys', adminToken, wanted)) as { token: string };
    showToken(token, `The token is for ${what}.`);
  }
});

onSubmit('invited-form', async () => {
  const key = (await call('POST', '/v1/invitations/redeem', undefined, {
    code: invitation,
  })) as Key;
  invitation = '';
  // Whatever comes of this, the token is not to be lost.
  const name = await nameOf(key.system, key.token).catch(() => key.system);
  showToken(
    key.token,
    `The token is for ${name}${key.user === null ? '' : `, of the user ${key.user}`}.`,
  );
});

function showToken(token: string, about: string): void {
  element('about-token', HTMLElement).textContent = about;
  input('base-url').value = location.origin;
  input('token').value = token;
  element('loopback', HTMLElement).hidden = !isLocal;
  element('again', HTMLElement).hidden = adminToken === '';
  show('result');
}

for (const button of document.querySelectorAll('button[data-again]')) {
  button.addEventListener('click', () => {
    for (const id of ['token', 'url']) input(id).value = '';
    show('choose');
  });
}

for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copies]')) {
  button.addEventListener('click', () => {
    const field = input(button.dataset.copies ?? '');
    void copy(field).then((copied) => {
      const status = button.closest('section')?.querySelector('.status');
      if (!status) return;
      status.textContent = copied
        ? `${field.labels?.[0]?.textContent ?? ''}: copied.`
        : 'Your browser does not let the page copy: press Ctrl+C, or ⌘C.';
      if (!copied) field.select();
    });
  });
}

/** Without HTTPS there is no clipboard for pages, but on this machine itself; then the old way may do. */
async function copy(field: HTMLInputElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.select();
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- There is no other way without HTTPS.
    return document.execCommand('copy');
  }
}

// Going back to it must not bring the tokens back.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) location.reload();
});

/** Begins with the invitation that the address has, which neither the address bar nor the history is to keep. */
function begin(): void {
  if (location.hash.startsWith('#chi_')) {
    invitation = location.hash.slice(1);
    history.replaceState(null, '', location.pathname);
  }
  show(invitation === '' ? 'sign-in' : 'invited');
}

// A link that is pasted where the page is open already loads nothing.
addEventListener('hashchange', begin);
begin();
