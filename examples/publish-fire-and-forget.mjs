/**
 * Publishes an event without ever failing, or holding up, what it tells of: two seconds at most,
 * one try, and a line in the log where it was in vain.
 *
 *   CAREERHOOKS_URL=http://127.0.0.1:3400 CAREERHOOKS_KEY=chk_… node publish-fire-and-forget.mjs
 */
/* global fetch, AbortSignal */
const URL = process.env.CAREERHOOKS_URL ?? 'http://127.0.0.1:3400';
const KEY = process.env.CAREERHOOKS_KEY ?? '';
const TIMEOUT_MS = 2_000;

/** @returns {Promise<boolean>} whether it was accepted; it never rejects. */
export async function publish(event) {
  try {
    const response = await fetch(`${URL}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify(event),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.status === 202) return true;
    console.error(`webhook ${event.type}: HTTP ${response.status} ${await response.text()}`);
  } catch (error) {
    console.error(`webhook ${event.type}: ${error}`);
  }
  return false;
}

/** The main operation: it has its result before anything is published. */
function exportResume() {
  return { resume_id: '7f9c24e8-3b12-4fef-91e0-b56a2d5a9d3c', size_bytes: 123456 };
}

const exported = exportResume();
const user = '2c1d43b5-8f0a-4d6e-9a7b-1f5e0c9d8e72';
// Not awaited: in a server, the answer to the user goes out now.
void publish({
  type: 'export.completed',
  user,
  // A repeated publication, after a time-out say, is then accepted once.
  id: `export-${exported.resume_id}`,
  data: {
    ...exported,
    user_id: user,
    format: 'pdf',
    template: 'professional',
    title: 'Resume Title',
  },
});
console.log('The export succeeded.');
