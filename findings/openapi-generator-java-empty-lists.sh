#!/usr/bin/env bash
# OpenAPI Generator's Java models begin with an empty list or map in every optional field that has one,
# so that a PATCH which was to change another field says "none" of these.
#
# Versions: OpenAPI Generator 7.26.0 (PyPI: openapi-generator-cli, needs Java), its default library.
# Input:    a valid OpenAPI 3.1 document whose request body has an optional array and an optional map,
#           and a second pair of them that may be null too.
# Seen:     the first pair is declared as `new ArrayList<>()` and `new HashMap<>()`, and serialised as
#           [] and {}; the second pair begins as null, and is left out.
# So:       a field of a PATCH whose absence means "leave it" is declared nullable, and null taken for
#           absence; or every user of the generator sets containerDefaultToNull=true.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check openapi-generator-cli==7.26.0

cat > openapi.json <<'JSON'
{
  "openapi": "3.1.0",
  "info": { "title": "Minimal", "version": "1" },
  "paths": {
    "/things/1": {
      "patch": {
        "operationId": "change",
        "requestBody": {
          "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Patch" } } }
        },
        "responses": { "204": { "description": "Changed" } }
      }
    }
  },
  "components": {
    "schemas": {
      "Patch": {
        "type": "object",
        "properties": {
          "plainList": { "type": "array", "items": { "type": "string" } },
          "plainMap": { "type": "object", "additionalProperties": { "type": "string" } },
          "nullableList": { "type": ["array", "null"], "items": { "type": "string" } },
          "nullableMap": { "type": ["object", "null"], "additionalProperties": { "type": "string" } }
        }
      }
    }
  }
}
JSON
jar=$(env/bin/python -c 'import openapi_generator_cli as it; print(it.__path__[0])')/openapi-generator.jar
java -jar "$jar" generate -i openapi.json -g java -o client > /dev/null 2>&1

seen=$(grep -rhoE 'private (List|Map)<.*> (plain|nullable)(List|Map)( = new [A-Za-z]+<>\(\))?;' client/src/main | sed 's/.*> //' | sort)
echo "$seen"
expected='nullableList;
nullableMap;
plainList = new ArrayList<>();
plainMap = new HashMap<>();'
[ "$seen" = "$expected" ] || { echo "changed: it was
$expected" >&2; exit 1; }
