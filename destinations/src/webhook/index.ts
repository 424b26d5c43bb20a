import { checkHeaders, checkUrl } from '@careerhooks/egress';
import type { Destination } from '../destination';
import { judgeAnswer } from './judge-answer';
import { judgeChallenge } from './judge-challenge';
import { prepareChallenge } from './prepare-challenge';
import { prepareRequest } from './prepare-request';
import { type HttpReply, type HttpRequest, sendRequest } from './send-request';
import { type ExtraHeaders, settings, shown } from './settings';

/** A URL that gets each event by an HTTP POST, signed. */
export const webhook: Destination<ExtraHeaders, HttpRequest, HttpReply> = {
  name: 'webhook',
  schemes: ['https:', 'http:'],
  url: {
    description: 'https, and a public address in production',
    example: 'https://hooks.example.com/careerhooks',
  },
  settings,
  shown,
  show: (endpoint) => ({ has_headers: endpoint?.hasSettings ?? false }),
  checkUrl,
  checkSettings: checkHeaders,
  prepare: prepareRequest,
  send: sendRequest,
  judge: judgeAnswer,
  challenges: { prepare: prepareChallenge, judge: judgeChallenge },
};
