import { callApi } from '../../../api/call';
import { locate } from '../../fields/locate';
import { deliveryLocator } from '../../fields/locators';
import { simplify, simplifyField } from '../../fields/simplify';
import { type Operation, output } from '../../operation';
import { SIMPLE_DETAIL } from './simple';

/** One delivery with all its attempts and what the receiver answered. */
export const get: Operation = {
  properties: [deliveryLocator, simplifyField],
  async run(context, item) {
    const path = `/v1/deliveries/${locate(context, 'deliveryId', item)}`;
    const row = await callApi<Record<string, never>>(context, { method: 'GET', path, item });
    return output(simplify(context, item, { row, fields: SIMPLE_DETAIL }));
  },
};
