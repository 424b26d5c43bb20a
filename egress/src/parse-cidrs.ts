import { isIP, isIPv4 } from 'node:net';

import ipaddr from 'ipaddr.js';

/**
 * Reads a comma-separated list of CIDR ranges and single addresses: `'10.1.2.3/8, ::1'` becomes
 * `['10.0.0.0/8', '::1/128']`. Blank entries are skipped, bits behind the prefix cleared, and
 * IPv4-mapped ranges written as the IPv4 ranges that they stand for.
 *
 * @throws {RangeError} naming the first entry that is neither.
 */
export function parseCidrs(text: string): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map(normaliseCidr);
}

function normaliseCidr(entry: string): string {
  const [address = '', prefixText, ...rest] = entry.split('/');
  // ipaddr.js also reads `0x7f.1` and `010.0.0.1`, each in one of several possible ways. An
  // exemption from the guard must mean one thing only, so the strict parser of node:net decides.
  if (isIP(address) === 0 || address.includes('%') || rest.length > 0) throw invalidCidr(entry);
  const bits = isIPv4(address) ? 32 : 128;
  if (prefixText !== undefined && !/^\d{1,3}$/.test(prefixText)) throw invalidCidr(entry);
  const prefix = prefixText === undefined ? bits : Number(prefixText);
  if (prefix > bits) throw invalidCidr(entry);

  if (bits === 32) {
    return `${ipaddr.IPv4.networkAddressFromCIDR(`${address}/${prefix}`).toString()}/${prefix}`;
  }
  const network = ipaddr.IPv6.networkAddressFromCIDR(`${address}/${prefix}`);
  if (network.isIPv4MappedAddress() && prefix >= 96) {
    return `${network.toIPv4Address().toString()}/${prefix - 96}`;
  }
  return `${network.toRFC5952String()}/${prefix}`;
}

function invalidCidr(entry: string): RangeError {
  return new RangeError(`"${entry}" is not an IP address or CIDR range such as 10.0.0.0/8.`);
}
