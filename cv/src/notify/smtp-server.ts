/** The mail server that notifications go through. */
export interface SmtpServer {
  /** A name, which its certificate must have, or an address. */
  host: string;
  port: number;
  /** From the first byte on; by STARTTLS or not at all; by STARTTLS where it is offered; never. */
  tls: 'implicit' | 'required' | 'offered' | 'off';
  login: { user: string; password: string } | undefined;
  /** The sender; the receiver itself where nobody else is known. */
  from: string | undefined;
}
