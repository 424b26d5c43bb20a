/* global Buffer */
/** The verifier and the handler class of Pathfinder's document, as printed. */
const crypto = require('crypto');

function verifyWebhookSignature(payload, signature, secret) {
  const computedSignature = crypto
    .createHmac('sha256', secret)
    .update(payload, 'utf8')
    .digest('hex');

  const expectedSignature = `sha256=${computedSignature}`;

  // Use constant-time comparison
  return crypto.timingSafeEqual(Buffer.from(signature), Buffer.from(expectedSignature));
}

class WebhookHandler {
  constructor(secret) {
    this.secret = secret;
    this.handlers = new Map();
  }

  on(eventType, handler) {
    if (!this.handlers.has(eventType)) {
      this.handlers.set(eventType, []);
    }
    this.handlers.get(eventType).push(handler);
  }

  async handle(payload, signature) {
    // Verify signature
    if (!this.verifySignature(payload, signature)) {
      throw new Error('Invalid webhook signature');
    }

    const event = JSON.parse(payload);

    // Get handlers for this event type
    const handlers = this.handlers.get(event.type) || [];

    // Execute handlers
    const results = await Promise.allSettled(handlers.map((handler) => handler(event)));

    // Check for failures
    const failures = results.filter((r) => r.status === 'rejected');

    return {
      processed: handlers.length,
      failed: failures.length,
    };
  }

  verifySignature(payload, signature) {
    const computed = crypto.createHmac('sha256', this.secret).update(payload, 'utf8').digest('hex');

    const expected = `sha256=${computed}`;

    return crypto.timingSafeEqual(Buffer.from(signature), Buffer.from(expected));
  }
}

module.exports = { verifyWebhookSignature, WebhookHandler };
