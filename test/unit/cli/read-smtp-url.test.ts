import fc from 'fast-check';
import { readSmtpUrl } from '../../../cli/src/read-smtp-url';

function refusal(url: string): string {
  try {
    readSmtpUrl(url);
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
  throw new Error('It was not refused.');
}

describe('SMTP_URL', () => {
  it('is read into its parts, of which user and password are percent-encoded', () => {
    expect(readSmtpUrl('smtp://mailer:p%40ss%2Fw%3Frd%23@mail.example.com')).toEqual({
      host: 'mail.example.com',
      port: 587,
      tls: 'required',
      login: { user: 'mailer', password: 'p@ss/w?rd#' },
      from: undefined,
    });
    expect(readSmtpUrl('smtps://[2001:db8::1]:4650/')).toMatchObject({
      host: '2001:db8::1',
      port: 4650,
      tls: 'implicit',
    });
    expect(readSmtpUrl('smtps://mail.example.com').port).toBe(465);
  });

  it.each([
    ['smtp://mail.bücher.example:25', 'mail.xn--bcher-kva.example'],
    ['smtp://mail.b%C3%BCcher.example:25', 'mail.xn--bcher-kva.example'],
    ['smtp://relay_1:25', 'relay_1'],
    ['smtp://10.0.0.1:25', '10.0.0.1'],
  ])('of %s, the host is %s, as DNS has it', (url, host) => {
    expect(readSmtpUrl(url).host).toBe(host);
  });

  it.each([
    ['smtp://u:p@mail.example.com', 'required'],
    ['smtp://u:p@mail.example.com?tls=off', 'off'],
    ['smtp://relay.internal:25', 'offered'],
    ['smtp://relay.internal:25?tls=off', 'off'],
    ['smtp://relay.internal:25?tls=required', 'required'],
    ['smtps://u:p@mail.example.com?tls=required', 'implicit'],
  ])('of %s, TLS is %s', (url, tls) => {
    expect(readSmtpUrl(url).tls).toBe(tls);
  });

  it.each([
    ['smtp://u:p@h?from=cv%40example.com', 'cv@example.com'],
    ['smtp://u:p@h?from=hooks+cv@example.com', 'hooks+cv@example.com'],
    ['smtp://u:p@h?from=The%20CV%20%3Ccv@example.com%3E', 'The CV <cv@example.com>'],
    ['smtp://cv%40example.com:p@h', 'cv@example.com'],
    ['smtp://u:p@h?from=josé@bücher.example', 'josé@bücher.example'],
    ['smtp://jos%C3%A9%40example.com:p@h', 'josé@example.com'],
    ['smtp://u:p@h', undefined],
    ['smtp://h', undefined],
  ])('%s sends as %s', (url, from) => {
    expect(readSmtpUrl(url).from).toBe(from);
  });

  it.each([
    ['mail.example.com:587', 'must be smtp://'],
    ['https://mail.example.com', 'must be smtp://'],
    ['smtp://', 'must be smtp://'],
    ['smtp://mail%20server', 'a host name or an address'],
    ['smtp://xn--zzzz.example', 'a host name or an address'],
    ['smtp://h:0', 'must be smtp://'],
    ['smtp://u:p@h/path', 'must end with the host'],
    ['smtp://u:p@h#x', 'must end with the host'],
    ['smtp://u@h', 'user and password, or neither'],
    ['smtp://:p@h', 'user and password, or neither'],
    ['smtp://u:50%@h', 'the password percent-encoded'],
    ['smtp://u:p@h?from=50%@example.com', 'the parameter from percent-encoded'],
    ['smtp://u:p@h?from=nobody', 'an e-mail address in from'],
    ['smtp://u:p@h?from=a@example.com%0d%0aBcc:b@example.com', 'an e-mail address in from'],
    ['smtp://u:p@h?from=a@example.com&from=b@example.com', 'from only once'],
    ['smtp://u:p@h?tls=maybe', 'tls=required or tls=off'],
    ['smtps://u:p@h?tls=off', 'smtps:// with tls=off'],
    ['smtp://u:p@h?requireTLS=false', 'requireTLS is not known'],
    ['smtp://u:p@h?socketTimeout=1', 'socketTimeout is not known'],
    ['smtp://u:p@h?host=10.0.0.1', 'host is not known'],
    ['smtp://u:p@h?proxy=http://10.0.0.1', 'proxy is not known'],
  ])('%s is refused: %s', (url, why) => {
    expect(refusal(url)).toContain(why);
  });

  it.each([
    'hunter?22=secret',
    'hunter/22secret',
    'hunter#22secret',
    'hunter?22secret',
    '1234?22&x',
  ])('a password %s that is not encoded is not shown', (password) => {
    const message = refusal(`smtp://mailer:${password}@mail.example.com`);
    for (const part of password.split(/[?/#&=]/).filter(({ length }) => length > 1)) {
      expect(message).not.toContain(part);
    }
    expect(message).toContain('percent-encode');
  });

  it('takes any user and password that are encoded', () => {
    const text = fc.string({ minLength: 1, unit: 'binary' });
    fc.assert(
      fc.property(text, text, (user, password) => {
        const login = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
        expect(readSmtpUrl(`smtp://${login}@mail.example.com`).login).toEqual({ user, password });
      }),
    );
  });
});
