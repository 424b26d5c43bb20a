import type { ZodOpenApiExampleObject, ZodOpenApiResponseObject } from 'zod-openapi';
import type { Operation } from '../operation';
import { type ProblemCode, PROBLEMS } from '../problems/catalogue';
import { type About, NATIVE, type OpenApiVersion } from './about';
import { problemAnswerHeaders } from './answer-headers';
import { exampleProblem } from './problem-examples';

/** By their status. */
type Answers = Record<string, ZodOpenApiResponseObject>;

type Example = ZodOpenApiExampleObject;

/** Describes what operations of one document answer where something is wrong. */
export interface ProblemDescriber {
  /** An operation's own answers, and the problems by their status, and those that nobody foresees. */
  addTo(own: Answers, operation: Operation): Answers;
}

/**
 * Answers that are the same for several operations become components of the document, and so does
 * each example.
 *
 * What reads nothing newer than OpenAPI 3.0 often has one type for all errors of an operation, and
 * takes `default` for a success as well: there, errors of another media type than the API's own are
 * left out, and unforeseen ones are `4XX` and `5XX`.
 */
export function createProblemDescriber(
  { errors }: About,
  openapi: OpenApiVersion,
): ProblemDescriber {
  const answers = new Map<string, ZodOpenApiResponseObject>();
  const examples = new Map<string, Example>();

  function example(code: ProblemCode, method: string): Example {
    const raw = isRaw(code);
    const { json } = (raw ? NATIVE.errors : errors).present(exampleProblem(code), method);
    const value = JSON.parse(JSON.stringify(json)) as unknown;
    const key = JSON.stringify(value);
    const known = examples.get(key);
    if (known !== undefined) return known;
    const same = [...examples.values()].filter(({ summary }) => summary === PROBLEMS[code].title);
    const made = {
      id: `${code}${same.length === 0 ? '' : same.length + 1}`,
      summary: PROBLEMS[code].title,
      value,
    };
    examples.set(key, made);
    return made;
  }

  function answer(status: number, codes: ProblemCode[], method: string): ZodOpenApiResponseObject {
    const key = codes.map((code) => `${code} ${example(code, method).id ?? ''}`).join();
    const known = answers.get(key);
    if (known !== undefined) return known;
    const [code] = codes;
    const { type, schema } = codes.every(isRaw) ? NATIVE.errors : errors;
    const headers = problemAnswerHeaders(status);
    const made: ZodOpenApiResponseObject = {
      description: codes.map((one) => `\`${one}\`: ${inMarkdown(PROBLEMS[one].title)}`).join('. '),
      ...(headers && { headers }),
      content: {
        [type]: {
          schema,
          examples: Object.fromEntries(codes.map((one) => [one, example(one, method)])),
        },
      },
      // One that is alone at its status is the same wherever it is.
      ...(codes.length === 1 && code !== undefined && { id: componentName(example(code, method)) }),
    };
    answers.set(key, made);
    return made;
  }

  const fallback: ZodOpenApiResponseObject = {
    id: 'AnyProblem',
    description: 'Any other problem. New statuses may come',
    content: { [errors.type]: { schema: errors.schema } },
  };

  return {
    addTo(own, operation) {
      const method = operation.method.toUpperCase();
      const byStatus = new Map<number, ProblemCode[]>();
      for (const code of problemCodes(operation, errors.always)) {
        const { status } = isRaw(code)
          ? PROBLEMS[code]
          : errors.present(exampleProblem(code), method);
        byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
      }
      const problems = [...byStatus]
        .sort(([left], [right]) => left - right)
        .map(([status, codes]): [string, ZodOpenApiResponseObject] => [
          String(status),
          answer(status, codes, method),
        ]);
      // An operation's own answer comes before a problem of the same status.
      const answers = { ...Object.fromEntries(problems), ...own };
      if (openapi === '3.1.0') return { ...answers, default: fallback };
      return { ...ofOneErrorType(answers, errors.type), '4XX': fallback, '5XX': fallback };
    },
  };
}

function ofOneErrorType(answers: Answers, type: string): Answers {
  const kept = Object.entries(answers).filter(
    ([status, { content }]) => status.startsWith('2') || (content !== undefined && type in content),
  );
  return Object.fromEntries(kept);
}

/** Answered before it is known whose API a request is for: always as the native API answers. */
function isRaw(code: ProblemCode): boolean {
  return code === 'request_timeout' || code === 'headers_too_large';
}

/** Two underscores would begin bold text. */
function inMarkdown(title: string): string {
  return title.replaceAll('__', '\\_\\_');
}

/** `not_found` becomes `NotFound`. */
function componentName({ id = '' }: Example): string {
  return id.replace(/(^|_)(\w)/g, (_match, _start: string, letter: string) => letter.toUpperCase());
}

/** The problems an operation names, and those that its access and its schemas imply. */
function problemCodes(operation: Operation, always: readonly ProblemCode[]): ProblemCode[] {
  const codes = new Set<ProblemCode>(operation.problems);
  if (operation.access !== 'public') {
    codes.add('unauthorized').add('rate_limited').add('database_unavailable');
    for (const code of always) codes.add(code);
  }
  if (operation.access !== 'public' && operation.access !== 'any') codes.add('forbidden');
  if (operation.params ?? operation.query ?? operation.body) codes.add('invalid_request');
  if (operation.body) {
    codes.add('invalid_json').add('unacceptable_json');
    codes.add('body_too_large').add('unsupported_media_type');
  }
  codes.add('request_timeout').add('headers_too_large').add('internal_error');
  return [...codes];
}
