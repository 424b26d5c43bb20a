import type { INodeProperties } from 'n8n-workflow';

/** Chooses an endpoint. */
export const endpointLocator: INodeProperties = {
  displayName: 'Endpoint',
  name: 'endpointId',
  type: 'resourceLocator',
  default: { mode: 'list', value: '' },
  required: true,
  description: 'The registered URL that this is about',
  modes: [
    {
      displayName: 'From List',
      name: 'list',
      type: 'list',
      typeOptions: { searchListMethod: 'searchEndpoints', searchable: true },
    },
    { displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. ep_019c3b5e7a0f7cc1' },
  ],
};

/** Chooses an event. */
export const eventLocator: INodeProperties = {
  displayName: 'Event',
  name: 'eventId',
  type: 'resourceLocator',
  default: { mode: 'list', value: '' },
  required: true,
  description: 'The event that this is about',
  modes: [
    {
      displayName: 'From List',
      name: 'list',
      type: 'list',
      typeOptions: { searchListMethod: 'searchEvents', searchable: true },
    },
    { displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. evt_1234567890' },
  ],
};

/** Chooses a delivery. */
export const deliveryLocator: INodeProperties = {
  displayName: 'Delivery',
  name: 'deliveryId',
  type: 'resourceLocator',
  default: { mode: 'list', value: '' },
  required: true,
  description: 'The delivery that this is about; the trigger puts its ID out as "deliveryId"',
  modes: [
    {
      displayName: 'From List',
      name: 'list',
      type: 'list',
      typeOptions: { searchListMethod: 'searchDeliveries', searchable: true },
    },
    {
      displayName: 'By ID',
      name: 'id',
      type: 'string',
      placeholder: 'e.g. 019c3b5e-7a10-7cc1-8f3e-5d2b9a64f0e1',
    },
  ],
};
