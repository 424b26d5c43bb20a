#!/usr/bin/env bash
# n8n's node errors throw a node's own message away where it names an error code of the network.
#
# Versions: n8n-workflow 2.10.2 (n8n 2.41's), Node 20.20.2.
# Input:    new NodeApiError(node, {…}, {message}) and new NodeOperationError(node, message) with a sentence that
#           ends "(ECONNREFUSED). Ask its owner for the new port.".
# Seen:     both have the message "The service refused the connection - perhaps it is offline" instead; the
#           sentence is in `messages`, which n8n's editor keeps below "Error details", and hooks show nowhere.
#           The same sentence as `description` stays.
# So:       a node that explains a network error keeps the code out of `message`, or sets `message` once more
#           when the error is made.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save --no-audit --no-fund n8n-workflow@2.10.2 > /dev/null

cat > ask.cjs <<'JS'
const { NodeApiError, NodeOperationError } = require('n8n-workflow');
const node = { id: '1', name: 'Shop', type: 'shop', typeVersion: 1, position: [0, 0], parameters: {} };
const sentence = 'The shop refused the connection (ECONNREFUSED). Ask its owner for the new port.';
const general = 'The service refused the connection - perhaps it is offline';
const api = new NodeApiError(node, { message: 'no' }, { message: sentence });
const operation = new NodeOperationError(node, sentence);
const below = new NodeApiError(node, { message: 'no' }, { message: 'Ask', description: sentence });
console.log(`NodeApiError: ${api.message}`);
console.log(`NodeOperationError: ${operation.message}`);
console.log(`as a description: ${below.description}`);
const asSeen =
  api.message === general &&
  operation.message === general &&
  api.messages.includes(sentence) &&
  below.description === sentence;
process.exit(asSeen ? 0 : 1);
JS
node ask.cjs || { echo 'changed' >&2; exit 1; }
