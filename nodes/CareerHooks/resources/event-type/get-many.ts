import { type IDataObject, NodeOperationError } from 'n8n-workflow';
import { type EventType, listSystems } from '../../../api/systems';
import { manyFields, readLimit } from '../../fields/many';
import { systemField } from '../../fields/system';
import { type Operation, output } from '../../operation';

/** The catalogue: each event type with an example of its data, and what its data has to have. */
export const getMany: Operation = {
  properties: [
    {
      ...systemField,
      description:
        'The product whose event types are wanted; of all that the token may use if it is empty. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
    },
    ...manyFields,
  ],
  async run(context, item) {
    const wanted = context.getNodeParameter('system', item) as string;
    const limit = readLimit(context, item);
    const { systems } = await listSystems(context, item);
    const chosen = systems.filter(({ key }) => wanted === '' || key === wanted);
    if (chosen.length === 0) {
      throw new NodeOperationError(context.getNode(), `This token has no system "${wanted}"`, {
        description: 'Choose the system from the list, or none for all of them.',
        itemIndex: item,
      });
    }
    const rows = chosen.flatMap(({ key, events, operational_events: operational }) =>
      [...events, ...operational].map((type) => ({ ...rowOf(type), system: key })),
    );
    return output(...rows.slice(0, limit));
  },
};

function rowOf({ type, group, description, example, data_schema }: EventType): IDataObject {
  return { type, group, description, example, dataSchema: data_schema };
}
