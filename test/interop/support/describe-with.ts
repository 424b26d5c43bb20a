import { type Program, whatIsMissing } from './programs';

/**
 * `describe` for tests that run programs of the system. Where one is missing they are reported as
 * skipped, with the reason in their title; in CI, which must not pass for want of a program, they fail.
 */
export function describeWith(programs: readonly Program[], title: string, body: () => void): void {
  const missing = whatIsMissing(programs);
  if (missing === undefined) {
    describe(title, body);
  } else if (process.env.CI === 'true') {
    describe(title, () => {
      it('finds what it needs', () => {
        throw new Error(missing);
      });
    });
  } else {
    describe.skip(`${title} (skipped: ${missing})`, body);
  }
}
