#!/usr/bin/env bash
# OpenAPI Generator's Python client cannot read a union when one of its members has a component named
# ValidationError in it, a name that many APIs have for a field that is wrong.
#
# Versions: OpenAPI Generator 7.26.0 (PyPI: openapi-generator-cli, needs Java), pydantic 2.14.4.
# Input:    a valid OpenAPI 3.1 document: a schema that is `oneOf` an object and the component
#           ValidationError, and the JSON {"message": "too long"}.
# Seen:     the module of the union imports pydantic's ValidationError and then the model of that name
#           over it; from_json() raises TypeError, "catching classes that do not inherit from
#           BaseException is not allowed", instead of an instance, wherever a member before it does
#           not fit.
# So:       a document that is to serve Python clients names its component otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check \
  openapi-generator-cli==7.26.0 pydantic==2.14.4 python-dateutil==2.9.0.post0 urllib3==2.8.0 typing-extensions

cat > openapi.json <<'JSON'
{
  "openapi": "3.1.0",
  "info": { "title": "Minimal", "version": "1" },
  "paths": {
    "/check": {
      "get": {
        "operationId": "check",
        "responses": {
          "200": {
            "description": "An outcome",
            "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Outcome" } } }
          }
        }
      }
    }
  },
  "components": {
    "schemas": {
      "Outcome": {
        "oneOf": [
          { "$ref": "#/components/schemas/Report" },
          { "$ref": "#/components/schemas/ValidationError" }
        ]
      },
      "Report": {
        "type": "object",
        "required": ["total"],
        "properties": { "total": { "type": "integer" } }
      },
      "ValidationError": {
        "type": "object",
        "required": ["message"],
        "properties": { "message": { "type": "string" } }
      }
    }
  }
}
JSON
jar=$(env/bin/python -c 'import openapi_generator_cli as it; print(it.__path__[0])')/openapi-generator.jar
java -jar "$jar" generate -i openapi.json -g python -o client > /dev/null 2>&1

seen=$(cd client && ../env/bin/python - <<'PY'
from openapi_client.models.outcome import Outcome

try:
    print(type(Outcome.from_json('{"message": "too long"}').actual_instance).__name__)
except Exception as error:
    print(f"{type(error).__name__}: {error}")
PY
)
echo "OpenAPI Generator 7.26.0, python: $seen"
expected='TypeError: catching classes that do not inherit from BaseException is not allowed'
[ "$seen" = "$expected" ] || { echo "changed: it was \"$expected\"" >&2; exit 1; }
