import type { IAuthenticateGeneric, Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/**
 * Where CareerHooks is, and the token that n8n uses there. The nodes test it, since their test
 * tells a server that does not answer from a token that is wrong.
 */
export class CareerHooksApi implements ICredentialType {
  name = 'careerHooksApi';

  displayName = 'CareerHooks API';

  icon: Icon = {
    light: 'file:../nodes/careerhooks.svg',
    dark: 'file:../nodes/careerhooks.dark.svg',
  };

  documentationUrl = 'https://github.com/careerhooks/n8n-nodes-careerhooks/blob/main/docs/n8n.md';

  properties: INodeProperties[] = [
    {
      displayName: 'Base URL',
      name: 'baseUrl',
      type: 'string',
      default: 'http://127.0.0.1:3400',
      placeholder: 'e.g. https://careerhooks.example.com',
      required: true,
      hint: "Where CareerHooks answers, as n8n reaches it. In Docker, 127.0.0.1 is n8n's own container.",
      description:
        'If n8n runs in Docker, use the name or address of the machine that runs CareerHooks, or of its container',
    },
    {
      displayName: 'Token',
      name: 'token',
      type: 'string',
      typeOptions: { password: true },
      default: '',
      placeholder: 'e.g. chk_…',
      required: true,
      hint: 'To get one, open the Base URL with /connect behind it in a browser.',
      description:
        'A key, which stands for one system, or the admin token, which stands for all. A trigger needs the scope "manage", publishing an event the scope "publish".',
    },
  ];

  authenticate: IAuthenticateGeneric = {
    type: 'generic',
    properties: { headers: { Authorization: '=Bearer {{$credentials.token}}' } },
  };
}
