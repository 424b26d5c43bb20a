import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

/** Where a trigger registers: as it is published or tested, or as a delivery arrives. */
export type TriggerContext = IHookFunctions | IWebhookFunctions;
