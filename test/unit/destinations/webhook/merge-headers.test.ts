import { mergeHeaders } from '../../../../destinations/src/webhook/merge-headers';

describe('an endpoint’s extra headers', () => {
  it('are sent beside ours', () => {
    expect(mergeHeaders({ 'X-Tenant': 'a' }, { 'webhook-id': '1' })).toEqual({
      'X-Tenant': 'a',
      'webhook-id': '1',
    });
  });

  it('never replace one of ours, however they are spelled', () => {
    const own = { 'webhook-signature': 'v1,true', 'content-type': 'application/json' };
    expect(mergeHeaders({ 'Webhook-Signature': 'v1,false', 'CONTENT-TYPE': 'x' }, own)).toEqual(
      own,
    );
  });
});
