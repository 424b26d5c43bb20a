/** What outgoing requests may reach. Production sets both flags; development neither. */
export interface EgressPolicy {
  /** Refuse `http:` URLs. */
  readonly httpsOnly: boolean;
  /** Refuse addresses that are not public, except those in `allow`. */
  readonly publicOnly: boolean;
  /** CIDR ranges that are exempt from `publicOnly`, as `parseCidrs` returns them. */
  readonly allow: readonly string[];
}
