// The edge function of examples/edge-cloudflare, without a desk and without a store: a request can be asked again.

import { env } from "cloudflare:workers";
import { createHandler } from "unstuck/edge";
import manifest from "./manifest.json.txt";
import playbook from "./playbook.json.txt";
import behaviour from "./behaviour.onnx";
import intents from "./intents.onnx";

const bundle = { "manifest.json": manifest, "playbook.json": playbook, "behaviour.onnx": behaviour, "intents.onnx": intents };

export default { fetch: createHandler({ bundle, secret: env.SECRET }) };
