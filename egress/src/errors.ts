/**
 * Every way in which an outgoing request can fail, by the stage at which it fails: `before` any
 * byte was sent, or `during` the exchange, when the receiver may have seen the request.
 */
export const egressErrors = {
  invalid_url: { stage: 'before', meaning: 'The URL is not a valid absolute URL' },
  url_scheme: { stage: 'before', meaning: "The URL's scheme is not accepted" },
  url_credentials: { stage: 'before', meaning: 'The URL carries a user name or password' },
  url_port: { stage: 'before', meaning: 'Port 0 cannot be connected to' },
  invalid_header: { stage: 'before', meaning: 'A request header cannot be sent' },
  private_address: {
    stage: 'before',
    meaning: 'The host is, or resolves to, an address that is not public',
  },
  dns_failed: { stage: 'before', meaning: "The host's name could not be resolved" },
  dns_no_address: { stage: 'before', meaning: "The host's name has no address" },
  client_closed: { stage: 'before', meaning: 'The client was closed' },
  connection_refused: { stage: 'before', meaning: 'The connection was refused' },
  host_unreachable: { stage: 'before', meaning: 'The host cannot be reached' },
  connect_timeout: { stage: 'before', meaning: 'The connection was not made in time' },
  tls_failed: {
    stage: 'before',
    meaning: 'TLS could not be agreed on, or its certificate trusted',
  },
  connection_reset: {
    stage: 'during',
    meaning: 'The connection ended before the answer was complete',
  },
  timeout: { stage: 'during', meaning: 'The answer was not complete in time' },
  bad_answer: { stage: 'during', meaning: 'The answer is not valid HTTP/1.1' },
  aborted: { stage: 'during', meaning: 'The request was given up by its caller' },
  request_failed: { stage: 'during', meaning: 'The request failed' },
} as const satisfies Record<string, { stage: 'before' | 'during'; meaning: string }>;

/** A stable, snake-case error code; see {@link egressErrors}. */
export type EgressErrorCode = keyof typeof egressErrors;

interface EgressErrorDetails {
  /** `host:port`. */
  target?: string;
  /** A few words that narrow the failure down. */
  reason?: string;
  /** What had been read when the rest of the answer failed. */
  answer?: IncompleteAnswer;
}

/** An answer whose head came, and whose body did not end. */
export interface IncompleteAnswer {
  status: number;
  /** Names in lower case; repeated headers joined by `, `. */
  headers: Record<string, string>;
  /** What could be read of it, decompressed. */
  body: Buffer;
}

/**
 * The only error that an outgoing request throws for what the receiver, its URL or its network did.
 *
 * The message is stored with attempts, shown to users and logged. Receivers put secrets into paths,
 * queries and credentials, so it names host and port, and nothing else of the URL; for the same
 * reason there is no `cause`: errors of the URL parser quote their input, and errors of the HTTP
 * parser carry raw bytes of the answer.
 */
export class EgressError extends Error {
  readonly code: EgressErrorCode;
  readonly stage: 'before' | 'during';
  /** Not a property of its own, so that no logger writes a receiver's body by accident. */
  readonly #answer: IncompleteAnswer | undefined;

  constructor(code: EgressErrorCode, { target, reason, answer }: EgressErrorDetails = {}) {
    const { meaning, stage } = egressErrors[code];
    super(`${meaning}${target ? ` (${target})` : ''}${reason ? `: ${reason}` : ''}.`);
    this.name = 'EgressError';
    this.code = code;
    this.stage = stage;
    this.#answer = answer;
  }

  /** What had been read of the answer, where its head had come before the failure. */
  get answer(): IncompleteAnswer | undefined {
    return this.#answer;
  }
}
