import { NotifyError } from './notify-error';

/** What OpenSSL says of a certificate that no authority which Node trusts has signed. */
const UNTRUSTED =
  /DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_GET_ISSUER_CERT|UNABLE_TO_VERIFY_LEAF_SIGNATURE|self[- ]signed certificate|unable to (get (local )?issuer certificate|verify the first certificate)/i;

/** The error as it is, or, where the server's certificate is not trusted, what to do about it. */
export function explainTls(error: unknown, host: string): unknown {
  const { message, code, originalCode } = (error ?? {}) as Record<string, unknown>;
  if (![message, code, originalCode].some((text) => UNTRUSTED.test(String(text)))) return error;
  return new NotifyError(
    'CERTIFICATE_NOT_TRUSTED',
    `The certificate of the mail server ${host} is not trusted (${String(message)}). If it is of an authority of your own, name that one's certificate, in PEM, in NODE_EXTRA_CA_CERTS and start CareerHooks again (docs/cv.md, The mail server).`,
    { cause: error },
  );
}
