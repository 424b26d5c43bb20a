/**
 * Every way in which an outgoing request can fail, by the stage at which it fails: `before` any
 * byte was sent, or `during` the exchange, when the receiver may have seen the request; with what
 * whoever owns the receiver can do.
 */
export const egressErrors = {
  invalid_url: {
    stage: 'before',
    meaning: 'The URL is not a valid absolute URL',
    remedy: 'Write it as https://host/path',
  },
  url_scheme: {
    stage: 'before',
    meaning: "The URL's scheme is not accepted",
    remedy: 'Use https; http is for development alone',
  },
  url_credentials: {
    stage: 'before',
    meaning: 'The URL carries a user name or password',
    remedy: 'Send them in a header',
  },
  url_port: {
    stage: 'before',
    meaning: 'Port 0 cannot be connected to',
    remedy: 'Name the port that the receiver listens on',
  },
  invalid_header: {
    stage: 'before',
    meaning: 'A request header cannot be sent',
    remedy: 'Change or leave out the header that the message names',
  },
  private_address: {
    stage: 'before',
    meaning: 'The host is, or resolves to, an address that is not public',
    remedy: 'Use a public name, or have the operator allow the address (`CAREERHOOKS_ALLOW_CIDRS`)',
  },
  dns_failed: {
    stage: 'before',
    meaning: "The host's name could not be resolved",
    remedy: 'Look for a typing error; else see whether the name servers answer',
  },
  dns_no_address: {
    stage: 'before',
    meaning: "The host's name has no address",
    remedy: 'Give the name an A or AAAA record',
  },
  client_closed: {
    stage: 'before',
    meaning: 'The client was closed',
    remedy: 'Nothing: the process was stopping, and it is tried again',
  },
  connection_refused: {
    stage: 'before',
    meaning: 'The connection was refused',
    remedy: 'Start the receiver, or correct the port',
  },
  host_unreachable: {
    stage: 'before',
    meaning: 'The host cannot be reached',
    remedy: 'See whether a firewall or a route is missing in between',
  },
  connect_timeout: {
    stage: 'before',
    meaning: 'The connection was not made in time',
    remedy: 'See whether the receiver is up, and lets connections in',
  },
  tls_failed: {
    stage: 'before',
    meaning: 'TLS could not be agreed on, or its certificate trusted',
    remedy: "Renew the receiver's certificate, with its whole chain, for this host name",
  },
  connection_reset: {
    stage: 'during',
    meaning: 'The connection ended before the answer was complete',
    remedy: "Look into the receiver's log, and that of proxies before it",
  },
  timeout: {
    stage: 'during',
    meaning: 'The answer was not complete in time',
    remedy: 'Answer first and do the work afterwards, or have it take longer (`timeout_seconds`)',
  },
  bad_answer: {
    stage: 'during',
    meaning: 'The answer is not valid HTTP/1.1',
    remedy: 'See whether something else listens at this port',
  },
  aborted: {
    stage: 'during',
    meaning: 'The request was given up by its caller',
    remedy: 'Nothing: it is tried again',
  },
  request_failed: {
    stage: 'during',
    meaning: 'The request failed',
    remedy: 'The message says more',
  },
} as const satisfies Record<
  string,
  { stage: 'before' | 'during'; meaning: string; remedy: string }
>;

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
