/**
 * What is wrong with a text that stands for a setting or a secret, blanks around it already gone;
 * undefined where nothing is. The fault never shows the text.
 *
 * Docker's `--env-file` hands over the quotes that shells and systemd take away, and half of a
 * secret with a line break in it: neither is what was meant.
 */
export function textFault(text: string): string | undefined {
  if (/^(["'`]).*\1$/s.test(text)) return 'must be without quotes around it';
  if (/\p{Cc}/u.test(text)) return 'must not have a line break or another control character in it';
  return undefined;
}
