import { EgressError } from '@careerhooks/egress';
import { webhook } from '../../../../destinations/src/webhook';

const { schema } = webhook.settings;

function headers(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`x-${index}`, 'y']));
}

describe('a webhook’s extra headers', () => {
  it('are at most 20', () => {
    expect(schema.safeParse(headers(20)).success).toBe(true);
    expect(schema.safeParse(headers(21)).success).toBe(false);
  });

  it.each<Record<string, string>>([
    { Host: 'other.example.com' },
    { 'x-two': 'lines\r\nx-more: 1' },
  ])('are such that can be sent: not %j', (given) => {
    expect(() => webhook.checkSettings(given)).toThrow(EgressError);
  });

  it('are shown as being there, and never themselves', () => {
    const endpoint = { url: 'https://hooks.example.com', hasSettings: true };
    expect(webhook.show(endpoint)).toEqual({ has_headers: true });
  });
});
