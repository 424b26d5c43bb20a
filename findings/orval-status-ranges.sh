#!/usr/bin/env bash
# orval writes TypeScript that does not compile for an operation whose errors are a range of statuses,
# which OpenAPI has since 3.0.
#
# Versions: orval 7.13.2 with its client `fetch`, TypeScript 5.9.3, on Node 20.20.2.
# Input:    a valid OpenAPI 3.0 document with the answers 200 and 4XX.
# Seen:     `status: 4XX` as a type, which the compiler refuses with TS1351, "An identifier or keyword
#           cannot immediately follow a numeric literal". With `default` in place of 4XX it compiles.
# So:       a document that has ranges, for tools that take `default` for a success, is to be there
#           beside one that has none.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund orval@7.13.2 typescript@5.9.3 > /dev/null 2>&1

compile() { # STATUS
  cat > "$1.json" <<JSON
{
  "openapi": "3.0.3",
  "info": { "title": "Minimal", "version": "1" },
  "paths": {
    "/things": {
      "get": {
        "operationId": "listThings",
        "responses": {
          "200": {
            "description": "Things",
            "content": { "application/json": { "schema": { "type": "array", "items": { "type": "string" } } } }
          },
          "$1": {
            "description": "An error",
            "content": {
              "application/json": {
                "schema": { "type": "object", "properties": { "code": { "type": "string" } } }
              }
            }
          }
        }
      }
    }
  }
}
JSON
  npx orval --input "./$1.json" --output "./$1.ts" --client fetch > /dev/null 2>&1
  npx tsc --noEmit --strict --skipLibCheck --target es2022 --lib es2022,dom --module esnext \
    --moduleResolution bundler "$1.ts" | grep -oE 'TS[0-9]+' | sort -u | head -1 || true
}
ranges=$(compile 4XX)
default=$(compile default)
echo "orval 7.13.2: with 4XX ${ranges:-it compiles}, with default ${default:-it compiles}"
[ "$ranges" = TS1351 ] && [ -z "$default" ] || { echo 'changed: it was TS1351 with 4XX, and compiled with default' >&2; exit 1; }
