import { egressErrors } from '@careerhooks/egress';
import { PROBLEMS } from './catalogue';

/** docs/errors.md: every error of the API and every error code of an attempt, from the catalogues. */
export function errorsPage(): string {
  const problems = Object.entries(PROBLEMS).map(
    ([code, { status, title }]) => `| \`${code}\` | ${status} | ${title} |`,
  );
  const attempts = [
    ...Object.entries(ANSWER_ERRORS).map(([code, meaning]) => `| \`${code}\` | ${meaning} |`),
    ...Object.entries(egressErrors).map(([code, { meaning }]) => `| \`${code}\` | ${meaning} |`),
  ];
  return `# Errors

Made by \`npm run docs\` from the catalogues in the code.

## The API

Every error of the native API is \`application/problem+json\` (RFC 9457): \`type\`, \`title\`, \`status\`, a stable
\`code\`, a \`detail\` that says what to do, and \`issues\` (\`path\`, \`message\`) where fields are wrong.

| code | status | meaning |
| --- | --- | --- |
${problems.join('\n')}

## Delivery errors

An attempt that failed has one of these as its \`error_code\`, and so has a delivery as its \`last_error_code\`, and an
endpoint whose URL was challenged in vain as its \`verification.last_error_code\`.

| code | meaning |
| --- | --- |
${attempts.join('\n')}
`;
}

/** What the receiver's answer, or its endpoint's state, makes of an attempt or a delivery. */
const ANSWER_ERRORS = {
  'http_<status>': 'The receiver answered with this status, which is none of 2xx',
  http_redirect: 'The receiver answered 3xx: redirects are not followed',
  endpoint_gone: 'The receiver answered 410: the endpoint is disabled',
  receiver_starting:
    'The receiver answered 2xx, and that it is still starting, as n8n does: it took nothing',
  endpoint_disabled: 'The endpoint was disabled before the delivery was made',
  endpoint_deleted: 'The endpoint was deleted before the delivery was made',
  superseded: 'A newer event of the same kind took its place before it went out',
  challenge_not_echoed:
    'A challenge was answered 2xx, but neither with its text nor with {"challenge": "…"}; `last_answer_excerpt` has the answer',
};
