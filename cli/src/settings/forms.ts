import { z } from 'zod';

/** What the environment has of a group of variables, once each was read. */
export type Values<Variables extends z.ZodRawShape> = z.output<z.ZodObject<Variables>>;

/** A number in plain digits: `0x50` or `8e1` is more likely a slip than a number. */
export function number(error: string, bounds: { min: number; max: number; form?: RegExp }) {
  const { min, max, form = /^\d{1,9}$/ } = bounds;
  return z
    .string()
    .regex(form, error)
    .transform(Number)
    .pipe(z.number().min(min, error).max(max, error));
}

export const port = number('must be a port number', { min: 0, max: 65_535 });

/** The URL of something that is asked by HTTP. */
export const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' });

/** What is sent in a header: visible ASCII. Anything else would be refused there, or shown. */
const VISIBLE = /^[\x21-\x7e]+$/;

/** A text that is sent in a header, of at least so many characters. */
export function headerText(atLeast = 1) {
  return z
    .string()
    .min(atLeast, `must have at least ${atLeast} characters`)
    .regex(VISIBLE, 'must be visible ASCII characters, without blanks');
}

/** Turns what `read` throws into an issue that names the setting. */
export function reader<Value>(
  read: (text: string) => Value,
): (text: string, context: z.RefinementCtx) => Value {
  return (text, context) => {
    try {
      return read(text);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    }
  };
}
