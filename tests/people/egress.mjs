// What left the page: every request of a run is looked at, and none may carry a raw event.

import assert from "node:assert/strict";

/** Words that only the event wire has; a handoff speaks of signals and counts instead. */
const RAW = [
  /"input"\s*:\s*"event"/,
  /"kind"\s*:\s*"(screen|tap|input|submit|validation_error|api|js_error|scroll|visibility|activity|search|copy|help|custom|outcome)"/,
  /"reversals"\s*:/,
  /"latency_ms"\s*:/,
  /"modifier"\s*:/,
];

/** Where the page may send anything at all: the app's own API, and the desk. */
const KNOWN = [/^\/api\//, /^\/handoffs(\/|$)/, /^\/desk\//];

export function watch(context) {
  const sent = [];
  context.on("request", (request) => {
    sent.push({ method: request.method(), url: request.url(), body: request.postData() ?? "" });
  });
  context.on("page", (page) => {
    page.on("websocket", (socket) => {
      socket.on("framesent", ({ payload }) => sent.push({ method: "WS", url: socket.url(), body: String(payload) }));
    });
  });
  return {
    sent,
    assertNoRawEvent(origin) {
      for (const { method, url, body } of sent) {
        const { origin: to, pathname, search } = new URL(url.replace(/^ws/, "http"));
        if (!url.startsWith("data:") && !url.startsWith("blob:")) assert.equal(to, origin, `${method} ${url} left the origin`);
        for (const rule of RAW) {
          assert.ok(!rule.test(body) && !rule.test(decodeURIComponent(search)), `${method} ${url} carried a raw event: ${body.slice(0, 200)}`);
        }
        if (method !== "GET") assert.ok(KNOWN.some((rule) => rule.test(pathname)), `${method} ${url} is no known way out`);
      }
    },
  };
}
