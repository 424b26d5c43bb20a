import {
  type IExecuteFunctions,
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
  type JsonObject,
  NodeApiError,
  NodeConnectionTypes,
  NodeOperationError,
} from 'n8n-workflow';
import { testToken } from '../api/test-token';
import { wholeMessage } from '../api/whole-message';
import { loadDataFields } from '../options/load-data-fields';
import { loadEventPatterns, loadEventTypes } from '../options/load-events';
import { loadSystems } from '../options/load-systems';
import { properties } from './properties';
import { findOperation } from './resources';
import { searchDeliveries } from './search/deliveries';
import { searchEndpoints } from './search/endpoints';
import { searchEvents } from './search/events';

/** Publishes events, and looks after endpoints, deliveries and the CV. */
export class CareerHooks implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'CareerHooks',
    name: 'careerHooks',
    icon: { light: 'file:../careerhooks.svg', dark: 'file:../careerhooks.dark.svg' },
    group: ['output'],
    version: 1,
    subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
    description: 'Publish events, and look after endpoints, deliveries and the CV',
    defaults: { name: 'CareerHooks' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'careerHooksApi', required: true, testedBy: 'testToken' }],
    properties: [
      {
        displayName: 'Resource',
        name: 'resource',
        type: 'options',
        noDataExpression: true,
        options: [
          { name: 'CV', value: 'cv', description: 'The CV that CareerHooks keeps' },
          {
            name: 'Delivery',
            value: 'delivery',
            description: 'An event on its way to an endpoint',
          },
          { name: 'Endpoint', value: 'endpoint', description: 'A registered URL' },
          { name: 'Event', value: 'event', description: 'Something that happened in a product' },
          {
            name: 'Event Type',
            value: 'eventType',
            description: 'What a product tells of, with examples',
          },
          { name: 'Statistic', value: 'statistic', description: 'How many deliveries arrived' },
        ],
        default: 'event',
      },
      ...properties,
    ],
  };

  methods = {
    credentialTest: { testToken },
    loadOptions: { loadSystems, loadEventPatterns, loadEventTypes },
    resourceMapping: { loadDataFields },
    listSearch: { searchDeliveries, searchEndpoints, searchEvents },
  };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    const results: INodeExecutionData[] = [];
    for (let itemIndex = 0; itemIndex < this.getInputData().length; itemIndex++) {
      try {
        const resource = this.getNodeParameter('resource', itemIndex);
        const name = this.getNodeParameter('operation', itemIndex);
        const operation = findOperation(resource, name);
        if (operation === undefined) {
          throw new NodeOperationError(this.getNode(), `CareerHooks has no ${resource}: ${name}`, {
            itemIndex,
          });
        }
        const rows = await operation.run(this, itemIndex);
        results.push(...rows.map((row) => ({ ...row, pairedItem: { item: itemIndex } })));
      } catch (error) {
        if (this.continueOnFail()) {
          // Nothing beside it: by that n8n knows the item for the error output, whichever its version.
          const json = { error: wholeMessage(error) };
          results.push({ json, pairedItem: { item: itemIndex } });
          continue;
        }
        // Each of the two gives back an error that is one of its kind already.
        throw error instanceof NodeApiError
          ? new NodeApiError(this.getNode(), error as unknown as JsonObject, { itemIndex })
          : new NodeOperationError(this.getNode(), error as Error, { itemIndex });
      }
    }
    return [results];
  }
}
