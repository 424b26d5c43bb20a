import { domainToUnicode } from 'node:url';
import { asciiDomain, isEmailAddress } from '@careerhooks/egress';
import { z } from 'zod';

/** An e-mail address in any script: `josé@example.com`, `owner@bücher.example`; its domain is kept in its own script. */
export const emailAddress = z
  .string()
  .max(320, 'must have at most 320 characters')
  .refine(isEmailAddress, { error: 'must be an e-mail address', abort: true })
  .transform((address) => withDomain(address, domainToUnicode));

/** An address with its domain as DNS has it (`owner@xn--bcher-kva.example`), as schemas and old programs want it. */
export function asciiEmailAddress(address: string): string {
  return withDomain(address, asciiDomain);
}

function withDomain(address: string, write: (domain: string) => string): string {
  const domain = address.slice(address.lastIndexOf('@') + 1);
  if (!/[^\p{ASCII}]|xn--/iu.test(domain)) return address;
  return address.slice(0, -domain.length) + (write(domain) || domain);
}
