import { z } from 'zod';
import type { Issue, Problem } from '../../problems/problem';
import type { WebhookProduct } from '../product';
import { createWebhookOperation } from './create-webhook';
import { deleteWebhookOperation } from './delete-webhook';
import { getWebhookOperation } from './get-webhook';
import { listEventsOperation } from './list-events';
import { listWebhooksOperation } from './list-webhooks';
import { testWebhookOperation } from './test-webhook';
import { patchWebhookOperation, putWebhookOperation } from './update-webhook';

const issueOut = z
  .object({
    loc: z
      .array(
        z
          .union([z.string(), z.number().int()])
          .meta({ id: 'Place', description: 'The name of a field, or the index in a list' }),
      )
      .meta({ description: 'Where it is, from the outside in' }),
    msg: z.string().meta({ description: 'What is wrong with it' }),
    type: z.string().meta({ description: 'What kind of mistake it is' }),
  })
  .meta({ id: 'RefusedField', description: 'What is wrong with one field' });

const detailOut = z
  .union([
    z.string().meta({ id: 'ErrorText', description: 'What is wrong, for people' }),
    z
      .array(issueOut)
      .meta({ id: 'RefusedFields', description: 'Where fields are wrong: each of them' }),
  ])
  .meta({ id: 'ErrorDetail', description: 'What is wrong' });

/** ResumeBuilder, a FastAPI application: its errors are FastAPI's. */
export const resumebuilder: WebhookProduct = {
  system: 'resumebuilder',
  name: 'ResumeBuilder',
  root: '/api/v1/webhooks',
  operations: [
    createWebhookOperation,
    listWebhooksOperation,
    getWebhookOperation,
    putWebhookOperation,
    patchWebhookOperation,
    deleteWebhookOperation,
    listEventsOperation,
    testWebhookOperation,
  ],
  tags: {
    Webhooks: 'URLs that get events.',
    Deliveries: 'What was sent there, and what came of it.',
  },
  errorSchema: z
    .object({ detail: detailOut })
    .meta({ id: 'ErrorAnswer', description: 'What is wrong with a request' }),
  answerError: (problem, { method }) => ({
    status: fastApiStatus(problem),
    json: {
      detail:
        problem.issues.length === 0
          ? problem.detail
          : problem.issues.map((issue) => presentIssue(issue, method)),
    },
  }),
};

/** FastAPI has 422 for whatever is wrong with what was sent. */
function fastApiStatus(problem: Problem): number {
  return problem.status === 400 || problem.status === 415 ? 422 : problem.status;
}

function presentIssue({ path, message }: Issue, method: string): z.output<typeof issueOut> {
  const place = path
    .split(/[.[\]]+/)
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  return {
    loc: [method === 'GET' ? 'query' : 'body', ...place],
    msg: message,
    type: 'value_error',
  };
}
