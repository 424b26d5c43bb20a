import { callApi } from '../../../api/call';
import { locate } from '../../fields/locate';
import { endpointLocator } from '../../fields/locators';
import { simplify, simplifyField } from '../../fields/simplify';
import { type Operation, output } from '../../operation';
import { SIMPLE_FIELDS } from './simple';

/** One endpoint as it is now; its secrets are never shown again. */
export const get: Operation = {
  properties: [endpointLocator, simplifyField],
  async run(context, item) {
    const path = `/v1/endpoints/${locate(context, 'endpointId', item)}`;
    const row = await callApi<Record<string, never>>(context, { method: 'GET', path, item });
    return output(simplify(context, item, { row, fields: SIMPLE_FIELDS }));
  },
};
