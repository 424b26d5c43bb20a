import { type JsonObject, type System, validateEventData } from '@careerhooks/systems';
import { Problem } from '../../problems/problem';
import { toProblem } from '../../problems/to-problem';
import type { SentEvent } from './read-texts';

/**
 * The catalogue's check of an event's data, which it returns as what it then is.
 *
 * @throws {Problem} with issues that name the event's place in the batch; SystemsError where it is alone.
 */
export function checkData(system: System, { event, path }: SentEvent): JsonObject {
  try {
    const data: unknown = event.data;
    validateEventData(system, event.type, data);
    return data;
  } catch (error) {
    const problem = toProblem(error);
    if (problem === undefined || path === '') throw error;
    const issues = problem.issues.map((issue) => ({ ...issue, path: path + issue.path }));
    throw new Problem(problem.code, `${path.slice(0, -1)}: ${problem.detail}`, issues);
  }
}
