import { deliveryErrors } from '@careerhooks/systems';
import { PROBLEMS } from './catalogue';

/** docs/errors.md: every error of the API and every error code of a delivery, from the catalogues. */
export function errorsPage(): string {
  const problems = Object.entries(PROBLEMS).map(([code, { status, title }]) => [
    `\`${code}\``,
    String(status),
    // Two underscores would begin what is bold.
    title.replaceAll('__', String.raw`\_\_`),
  ]);
  return `# Errors

Made by \`npm run docs\` from the catalogues in the code.

## The API

Every error of the native API is \`application/problem+json\` (RFC 9457): \`type\`, \`title\`, \`status\`, a stable
\`code\`, a \`detail\` that says what to do, and \`issues\` (\`path\`, \`message\`) where fields are wrong.

${table(['code', 'status', 'meaning'], problems)}

## Delivery errors

An attempt that failed has one of these as its \`error_code\`, and so has a delivery as its \`last_error_code\`, and an
endpoint whose URL was challenged in vain as its \`verification.last_error_code\`. They are told by the stage at which a
delivery fails.

### Before the attempt

No further request is made: the delivery is cancelled.

${errorTable(deliveryErrors.before)}

### The attempt

There is no whole answer. The receiver has seen nothing of the request:

${errorTable(attemptErrors('before'))}

It may have seen all of it, and the delivery may arrive a second time, with the same \`webhook-id\`:

${errorTable(attemptErrors('during'))}

### After the attempt

The receiver answered, and its answer says that it did not take the delivery.

${errorTable(deliveryErrors.after)}
`;
}

type Explained = Readonly<Record<string, { meaning: string; remedy: string }>>;

function attemptErrors(stage: 'before' | 'during'): Explained {
  return Object.fromEntries(
    Object.entries(deliveryErrors.attempt).filter(([, error]) => error.stage === stage),
  );
}

function errorTable(errors: Explained): string {
  return table(
    ['code', 'meaning', 'what to do'],
    Object.entries(errors).map(([code, { meaning, remedy }]) => [`\`${code}\``, meaning, remedy]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}
