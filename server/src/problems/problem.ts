import { type ProblemCode, PROBLEMS } from './catalogue';

/** What is wrong with one field of a request. */
export interface Issue {
  /** Where: `events[0].type`, or empty for the whole. */
  path: string;
  message: string;
}

/** An answer other than success: thrown anywhere, sent as problem+json. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly code: ProblemCode,
    /** What to do about it, for a person. */
    readonly detail: string,
    readonly issues: readonly Issue[] = [],
  ) {
    super(detail);
  }

  get status(): number {
    return PROBLEMS[this.code].status;
  }

  get title(): string {
    return PROBLEMS[this.code].title;
  }

  /** RFC 9457, with a relative `type`: the page of the error that this server serves. */
  toJSON(): Record<string, unknown> {
    return {
      type: `/docs/errors#${this.code}`,
      title: this.title,
      status: this.status,
      code: this.code,
      detail: this.detail,
      ...(this.issues.length > 0 && { issues: this.issues }),
    };
  }
}
