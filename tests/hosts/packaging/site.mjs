// A plain static server with a policy, and the shop's one route.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".wasm": "application/wasm", ".json": "application/json" };

/** Serves `folder`; `sent` collects what was asked for. */
export async function serve(folder, { policy, cors = false } = {}) {
  const sent = [];
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://shop").pathname));
    if (request.method === "POST") {
      const body = await text(request);
      sent.push({ path, body });
      return response.writeHead(422, { "x-error-code": "coupon_expired" }).end();
    }
    try {
      const file = path.endsWith("/") ? `${path}index.html` : path;
      const body = await readFile(join(folder, file));
      sent.push({ path: file, bytes: body });
      response.writeHead(200, {
        "content-type": TYPES[extname(file)] ?? "application/octet-stream",
        "x-content-type-options": "nosniff",
        ...(policy ? { "content-security-policy": policy } : {}),
        ...(cors ? { "access-control-allow-origin": "*" } : {}),
      });
      response.end(body);
    } catch {
      sent.push({ path, missing: true });
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    sent,
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () => (server.closeAllConnections(), new Promise((resolve) => server.close(resolve))),
  };
}

async function text(request) {
  let body = "";
  for await (const chunk of request) body += chunk;
  return body;
}
