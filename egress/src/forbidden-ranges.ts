/**
 * Addresses that no receiver on the public internet has (IANA's special-purpose registries,
 * RFC 6890), and that a webhook must not reach: behind them are the engine's own machine, its
 * private network, and the metadata services of clouds.
 *
 * A deny list, since what is public is the remainder. Departures from the registries:
 * - ranges with a few globally reachable exceptions (192.0.0.0/24, 2001::/23) are refused whole:
 *   no web server lives in the exceptions, and tunnels (Teredo) do;
 * - 6to4 (192.88.99.0/24, 2002::/16) is refused, though routable once: its addresses embed an IPv4
 *   address of the sender's choice, so a relay would carry us into 10.0.0.0/8.
 */
export const forbiddenIpv4: readonly string[] = [
  '0.0.0.0/8', // "this network"; Linux connects 0.0.0.0 to itself
  '10.0.0.0/8', // private
  '100.64.0.0/10', // carrier-grade NAT
  '127.0.0.0/8', // loopback
  '169.254.0.0/16', // link-local, and the clouds' metadata
  '172.16.0.0/12', // private
  '192.0.0.0/24', // IETF protocol assignments
  '192.0.2.0/24', // documentation
  '192.88.99.0/24', // 6to4 relays
  '192.168.0.0/16', // private
  '198.18.0.0/15', // benchmarking
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, and broadcast
];

export const forbiddenIpv6: readonly string[] = [
  '::/8', // unspecified, loopback, IPv4-mapped and -compatible, local NAT64 (64:ff9b:1::/48)
  '100::/64', // discard
  '2001::/23', // IETF protocol assignments, Teredo
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4
  '3fff::/20', // documentation
  '5f00::/16', // segment routing
  'fc00::/7', // unique local
  'fe80::/10', // link-local
  'fec0::/10', // site-local, deprecated and still configured
  'ff00::/8', // multicast
];

/** NAT64 (RFC 6052): the gateway connects to the IPv4 address in the last 32 bits. */
export const nat64 = '64:ff9b::/96';
