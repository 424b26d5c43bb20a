import {
  type IHookFunctions,
  type INodeType,
  type INodeTypeDescription,
  type IWebhookFunctions,
  type IWebhookResponseData,
  NodeConnectionTypes,
} from 'n8n-workflow';
import { testToken } from '../api/test-token';
import { inOneMessage, tellingAll } from '../api/whole-message';
import { loadEventPatterns } from '../options/load-events';
import { loadSystems } from '../options/load-systems';
import { properties } from './properties';
import { receive } from './receive';
import { register, unregister } from './registration';

/** Starts a workflow when an event happens in one of the career products. */
export class CareerHooksTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'CareerHooks Trigger',
    name: 'careerHooksTrigger',
    icon: { light: 'file:../careerhooks.svg', dark: 'file:../careerhooks.dark.svg' },
    group: ['trigger'],
    version: 1,
    subtitle: '={{ $parameter["events"].join(", ") }}',
    description: 'Starts the workflow when a resume, export, job, proposal or CV event happens',
    eventTriggerDescription: 'Waiting for CareerHooks to deliver an event to the test URL',
    activationMessage: 'CareerHooks now delivers the chosen events to this workflow.',
    defaults: { name: 'CareerHooks Trigger' },
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'careerHooksApi', required: true, testedBy: 'testToken' }],
    webhooks: [
      {
        name: 'default',
        httpMethod: 'POST',
        responseMode: '={{ $parameter["acknowledge"] }}',
        // What a workflow made of an event is nothing for CareerHooks' log of answers.
        responseData: 'noData',
        path: 'webhook',
      },
    ],
    hints: [
      {
        message:
          'Deliveries that arrive while n8n is down are repeated for 24 hours, with growing pauses; to have one at once, use the CareerHooks node: Delivery, Retry. An event may arrive twice: put a Remove Duplicates node behind this one, with the field "id".',
        type: 'info',
        location: 'ndv',
        whenToDisplay: 'beforeExecution',
        displayCondition: '={{ $parameter["schedule"] === "extended" }}',
      },
      {
        message:
          "Deliveries that arrive while n8n is down are repeated by the system's own schedule and then lost: the CV Website's for 7 seconds, RoleReady's for 21, Pathfinder's for 3, ResumeBuilder's for 70, the Proposal Generator's for 15.",
        type: 'warning',
        location: 'ndv',
        whenToDisplay: 'always',
        displayCondition: '={{ $parameter["schedule"] === "system" }}',
      },
    ],
    properties,
  };

  methods = {
    credentialTest: { testToken },
    loadOptions: {
      loadSystems: inOneMessage(loadSystems),
      loadEventPatterns: inOneMessage(loadEventPatterns),
    },
  };

  webhookMethods = {
    default: {
      // To register again changes nothing, and tells CareerHooks that the trigger is still there.
      checkExists(this: IHookFunctions): Promise<boolean> {
        return Promise.resolve(false);
      },
      async create(this: IHookFunctions): Promise<boolean> {
        await tellingAll(this, () => register(this));
        return true;
      },
      async delete(this: IHookFunctions): Promise<boolean> {
        await tellingAll(this, () => unregister(this));
        return true;
      },
    },
  };

  async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
    return receive(this);
  }
}
