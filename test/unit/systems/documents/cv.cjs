/** How the client of the CV website's document signs in JavaScript, as printed. */
const crypto = require('crypto');

class CVWebhookClient {
  constructor(webhookUrl, webhookSecret, adminToken) {
    this.webhookUrl = webhookUrl;
    this.webhookSecret = webhookSecret;
    this.adminToken = adminToken;
  }

  generateSignature(payload, timestamp) {
    const message = `${timestamp}${payload}`;
    const signature = crypto.createHmac('sha256', this.webhookSecret).update(message).digest('hex');
    return `sha256=${signature}`;
  }
}

module.exports = { CVWebhookClient };
