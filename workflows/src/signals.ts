import { defineSignal } from '@temporalio/workflow';

/** Makes the next attempt now. */
export const retryNow = defineSignal('retryNow');

/** Ends the delivery after the attempt under way, if there is one. */
export const cancel = defineSignal('cancel');
