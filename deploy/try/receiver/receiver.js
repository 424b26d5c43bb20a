'use strict';
// Answers the challenge, and writes the id of each event that it gets, a line each, into received.txt beside it.
const { appendFileSync, readFileSync } = require('node:fs');
const { createServer } = require('node:https');
const { join } = require('node:path');

const file = (name) => join(__dirname, name);
const certificate = { key: readFileSync(file('key.pem')), cert: readFileSync(file('certificate.pem')) };

createServer(certificate, (request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = JSON.parse(Buffer.concat(chunks).toString());
    const { challenge } = body;
    if (challenge !== undefined) {
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ challenge }));
      return;
    }
    appendFileSync(file('received.txt'), `${request.headers['webhook-id']} ${body.data?.resumeId}\n`);
    response.end('ok');
  });
}).listen(8443);
