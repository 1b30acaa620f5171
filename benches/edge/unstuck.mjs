// The edge function of examples/edge-cloudflare, without a desk and without a store: any request can be asked again.

import { env } from "cloudflare:workers";
import { createHandler } from "unstuck/edge";
import manifest from "upload:manifest.json";
import playbook from "upload:playbook.json";
import behaviour from "upload:behaviour.onnx";
import intents from "upload:intents.onnx";

const bundle = { "manifest.json": manifest, "playbook.json": playbook, "behaviour.onnx": behaviour, "intents.onnx": intents };

export default { fetch: createHandler({ bundle, secret: env.SECRET }) };
