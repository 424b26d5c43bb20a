import {
  type IHookFunctions,
  type INodeType,
  type INodeTypeDescription,
  type IWebhookFunctions,
  type IWebhookResponseData,
  NodeConnectionTypes,
} from 'n8n-workflow';
import { testToken } from '../api/test-token';
import { tellingAll } from '../api/whole-message';
import { loadEventPatterns } from '../options/load-events';
import { loadSystems } from '../options/load-systems';
import { properties } from './properties';
import { receive } from './receive';
import { isRegistered, register, unregister } from './registration';

/** How a person gets an event while the trigger listens for a test event. */
const SEND_TEST =
  'wait until an event happens; or in another tab, run a CareerHooks node with Endpoint → Send Test on the endpoint that has "(test)" in its name.';

/** Starts a workflow when an event happens in one of the career products. */
export class CareerHooksTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'CareerHooks Trigger',
    name: 'careerHooksTrigger',
    icon: { light: 'file:../careerhooks.svg', dark: 'file:../careerhooks.dark.svg' },
    group: ['trigger'],
    version: 1,
    subtitle:
      '={{ [].concat($parameter["events"]).map((event) => event === "*" ? "All events" : event).join(", ") }}',
    description: 'Starts the workflow when a resume, export, job, proposal or CV event happens',
    eventTriggerDescription: `Listening for two minutes: ${SEND_TEST}`,
    activationMessage: 'CareerHooks now delivers the chosen events to this workflow.',
    triggerPanel: {
      header: 'Start the workflow when an event happens',
      activationHint: {
        inactive: `To see an event here, execute this step, and ${SEND_TEST} Once the workflow does what it should, publish it.`,
        active: `To see an event here, execute this step, and ${SEND_TEST} The published workflow runs for every matching event.`,
      },
      executionsHelp: {
        inactive: `<b>While you build the workflow</b>, execute this step, and ${SEND_TEST} The event shows up in this editor.<br /><br /><b>Once it does what it should</b>, publish it. Then every matching event runs it. Those executions show up in the <a data-key="executions">executions list</a>, not in the editor.`,
        active: `<b>While you build the workflow</b>, execute this step, and ${SEND_TEST} The event shows up in this editor.<br /><br /><b>The workflow is published</b>: every matching event runs it. Those executions show up in the <a data-key="executions">executions list</a>, not in the editor.`,
      },
    },
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
        // CareerHooks is given the URLs by the trigger itself; who copies one registers it twice.
        ndvHideUrl: true,
        ndvHideMethod: true,
      },
    ],
    hints: [
      {
        message:
          'An event may arrive twice. Where its effect must not happen twice, put a CareerHooks node with Delivery → Skip If Done before it, and one with Delivery → Report Outcome after it.',
        type: 'info',
        location: 'ndv',
        whenToDisplay: 'beforeExecution',
      },
      {
        message:
          "Events that happen while n8n is down are tried again by the system's own schedule, for as long as the list of systems says, and then lost.",
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
    loadOptions: { loadSystems, loadEventPatterns },
  };

  webhookMethods = {
    default: {
      async checkExists(this: IHookFunctions): Promise<boolean> {
        return tellingAll(this, () => isRegistered(this));
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
