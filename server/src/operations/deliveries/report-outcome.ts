import { reportOutcome } from '@careerhooks/store';
import { z } from 'zod';
import { scopeOf } from '../../access/caller';
import { deliveryExample, doneExample } from '../../examples/delivery';
import { defineOperation } from '../../operation';
import { presentOutcome } from '../../present/present-delivery';
import { shortText } from '../../schemas/common';
import { claimant, outcomeOut, reportedOutcome } from '../../schemas/delivery';
import { deliveryNotFound, deliveryParams } from './require-delivery';

export const reportOutcomeOperation = defineOperation({
  id: 'reportOutcome',
  method: 'post',
  path: '/v1/deliveries/{id}/outcome',
  tag: 'Deliveries',
  summary: 'Say what came of a delivery',
  description:
    'Ends its claim. `done` holds whoever says it, also without a claim. `failed` lets the next that asks have it, at once; it is not recorded where another claimant has done it or is at work on it.',
  access: 'manage',
  params: deliveryParams,
  body: z
    .strictObject({
      claimant,
      outcome: reportedOutcome,
      note: shortText(1000).optional().meta({ description: 'For people, on one line' }),
    })
    .meta({ id: 'OutcomeReport', description: 'What came of a delivery' }),
  bodyExamples: { example: { claimant: 'n8n execution 12', outcome: 'done' } },
  responses: {
    '200': {
      description: 'What holds now',
      schema: z
        .object({
          delivery: z.string().meta({ description: 'Id of the delivery' }),
          recorded: z.boolean().meta({ description: 'Whether it was recorded' }),
          outcome: outcomeOut,
        })
        .meta({ id: 'RecordedOutcome', description: 'What became of a report' }),
      examples: {
        example: { delivery: deliveryExample.id, recorded: true, outcome: doneExample },
      },
    },
  },
  problems: ['not_found'],
  async handle({ params, body, caller }, { store }) {
    const report = await reportOutcome(store, scopeOf(caller), {
      deliveryId: params.id,
      claimant: body.claimant,
      outcome: body.outcome,
      ...(body.note !== undefined && { note: body.note }),
    });
    if (report === undefined) throw deliveryNotFound(params.id);
    const { recorded, outcome } = report;
    return {
      status: 200,
      json: { delivery: params.id, recorded, outcome: presentOutcome(outcome) },
    };
  },
});
