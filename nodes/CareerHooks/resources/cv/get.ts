import { callApi } from '../../../api/call';
import { type Operation, output } from '../../operation';

/** The whole CV. */
export const get: Operation = {
  properties: [],
  async run(context, item) {
    return output(await callApi(context, { method: 'GET', path: '/v1/cv', item }));
  },
};
