// Holds requests and answers against docs/edge-openapi.yaml and the schemas that it names.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { parse } from "yaml";

const BASE = "https://unstuck.test";

export function contract(root) {
  const ajv = new Ajv2020({ strict: false, inlineRefs: false });
  addFormats(ajv);
  for (const format of ["int64", "uint64", "uint32", "uint16", "uint8", "double", "float"]) ajv.addFormat(format, true);
  for (const name of readdirSync(join(root, "schemas"))) {
    const schema = JSON.parse(readFileSync(join(root, "schemas", name), "utf8"));
    ajv.addSchema({ ...schema, $id: `${BASE}/schemas/${name}` });
  }
  const api = parse(readFileSync(join(root, "docs/edge-openapi.yaml"), "utf8"), { merge: true });
  ajv.addSchema({ $id: `${BASE}/docs/edge-openapi.yaml`, ...api });
  const resolved = (node) => (node.$ref ? node.$ref.slice(2).split("/").reduce((at, key) => at[key], api) : node);
  const pointer = (...keys) => `${BASE}/docs/edge-openapi.yaml#/${keys.map((key) => encodeURIComponent(String(key).replaceAll("~", "~0").replaceAll("/", "~1"))).join("/")}`;
  const holds = (ref, value, what) => {
    const validate = ajv.getSchema(ref);
    assert.ok(validate, `no schema at ${ref}`);
    assert.ok(validate(value), `${what}: ${ajv.errorsText(validate.errors)}`);
  };
  return {
    /** A request that was served is one of the contract's. */
    request(route, body) {
      holds(pointer("paths", `/${route}`, "post", "requestBody", "content", "application/json", "schema"), body, `request to /${route}`);
    },
    /** The route's contract knows this status, this type and this form. */
    answer(route, method, status, type, body) {
      const operation = api.paths[`/${route}`]?.[method.toLowerCase()] ?? Object.values(api.paths[`/${route}`] ?? api.paths["/events"])[0];
      const response = operation.responses[status];
      assert.ok(response || status === 404, `/${route} answered ${status}, which its contract does not know`);
      const { content } = resolved(response ?? { $ref: "#/components/responses/Problem" });
      assert.ok(content[type], `/${route} answered ${status} as ${type}`);
      holds(pointer("components", "schemas", content[type].schema.$ref.split("/").at(-1)), body, `answer ${status} of /${route}`);
    },
  };
}
