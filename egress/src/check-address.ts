import { isIP } from 'node:net';

import ipaddr from 'ipaddr.js';

import { forbiddenIpv4, forbiddenIpv6, nat64 } from './forbidden-ranges';
import type { EgressPolicy } from './policy';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Range = [Address, number];

const ipv4Ranges = forbiddenIpv4.map((cidr) => ipaddr.parseCIDR(cidr));
const ipv6Ranges = forbiddenIpv6.map((cidr) => ipaddr.parseCIDR(cidr));
const nat64Range = ipaddr.parseCIDR(nat64);

/**
 * Whether the policy lets a connection go to this IP address: any address where `publicOnly` is
 * off, otherwise public addresses and those in `allow`. What is not an IP address is refused.
 */
export function permitsAddress(address: string, policy: EgressPolicy): boolean {
  if (!policy.publicOnly) return isIP(address) !== 0;
  return isPublicAddress(address) || matchesCidrs(address, policy.allow);
}

/**
 * Whether an IP address is outside of every forbidden range (see `forbidden-ranges`).
 *
 * An IPv4-mapped address (`::ffff:8.8.8.8`) is not public even when its IPv4 part is: no DNS zone
 * has reason to publish one, and what the operating system does with it is not ours to guess.
 * A zone id (`fe80::1%eth0`) ties an address to one of this machine's own links: never public.
 */
export function isPublicAddress(address: string): boolean {
  if (address.includes('%')) return false;
  const parsed = parse(address);
  if (parsed === undefined) return false;
  if (parsed.kind() === 'ipv6' && parsed.match(nat64Range)) {
    return !inAny(lastIpv4(parsed), ipv4Ranges);
  }
  return !inAny(parsed, parsed.kind() === 'ipv4' ? ipv4Ranges : ipv6Ranges);
}

/**
 * Whether an IP address lies in one of the ranges. IPv4-mapped and NAT64 addresses are judged by
 * the IPv4 address that they lead to, and by that alone: 127.0.0.0/8 covers `::ffff:127.0.0.1`, and
 * `::/0` does not, since whoever opens IPv6 has not thereby opened 10.0.0.0/8.
 */
export function matchesCidrs(address: string, cidrs: readonly string[]): boolean {
  const parsed = parse(address.replace(/%.*$/s, ''));
  if (parsed === undefined) return false;
  const leadsToIpv4 =
    parsed.kind() === 'ipv6' &&
    ((parsed as ipaddr.IPv6).isIPv4MappedAddress() || parsed.match(nat64Range));
  return inAny(
    leadsToIpv4 ? lastIpv4(parsed) : parsed,
    cidrs.map((cidr) => ipaddr.parseCIDR(cidr)),
  );
}

function parse(address: string): Address | undefined {
  // ipaddr.js alone would take `127.1` and `0x7f000001` for addresses.
  return isIP(address) === 0 ? undefined : ipaddr.parse(address);
}

function lastIpv4(address: Address): ipaddr.IPv4 {
  return new ipaddr.IPv4(address.toByteArray().slice(-4));
}

function inAny(address: Address, ranges: readonly Range[]): boolean {
  // `match` throws when an IPv4 address meets an IPv6 range.
  return ranges.some((range) => range[0].kind() === address.kind() && address.match(range));
}
