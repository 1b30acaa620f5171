// A real desk (`unstuck serve`) with an agent at it, behind a proxy that notes what comes.

import { once } from "node:events";
import { createServer } from "node:http";

import WebSocket from "ws";

import { startServer } from "../../people/server.mjs";

/** Gives `{ url, posts, look, stop }`: `posts` are path, idempotency key and body, in order. */
export async function startDesk(root) {
  const desk = await startServer(root);
  const seat = new WebSocket(`${desk.origin.replace("http", "ws")}/desk/api/live?agent=Lin`);
  await once(seat, "open");
  const posts = [];
  const proxy = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    posts.push({ path: request.url, key: request.headers["idempotency-key"], body: JSON.parse(body) });
    const answer = await fetch(desk.origin + request.url, { method: request.method, headers: { "content-type": "application/json" }, body });
    response.writeHead(answer.status, { "content-type": "application/json" }).end(await answer.text());
  }).listen(0, "127.0.0.1");
  await once(proxy, "listening");
  return {
    url: `http://127.0.0.1:${proxy.address().port}/`,
    posts,
    look: async (path) => (await fetch(desk.origin + path)).json(),
    async stop() {
      seat.close();
      proxy.closeAllConnections();
      proxy.close();
      await desk.stop();
    },
  };
}
