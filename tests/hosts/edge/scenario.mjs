// What must hold on every edge host. Each check gets a fresh session.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { Client, ask, post } from "./client.mjs";
import { expected } from "./direct.mjs";

const START = 1_763_949_600_000;
const ANEW = /begin a new session/;
/** Who gets what at 50 %, by the hash that pages draw with: www/src/worker/rollout.ts. */
const DRAWN = [97, 8, 12, 43, 72, 48, 85, 51, 38, 64, 38, 73].map((n) => (n < 50 ? "rebuilt" : "fixture"));

/** `world`: url of the host, desk, contract, root, and `direct`, the engine in this process. */
export const CHECKS = {
  "health names the bundle and the versions": async ({ url, contract }) => {
    const answer = await ask(`${url}/plain/health`);
    contract.answer("health", "GET", answer.status, answer.type, answer.body);
    assert.deepEqual({ ...answer.body, version: "" }, { ok: true, bundle: "fixture", version: "", store: false, handoff: true });
    assert.match(answer.body.version, /^\d+\.\d+\.\d+/);
  },

  "someone stuck gets an offer, takes it, and talks in two languages": async ({ client, root }) => {
    const { config: { user: pseudonym }, inputs } = trace(root, "01-rejected-accepted-en");
    const user = client("plain", { language: "en", user: pseudonym });
    assert.deepEqual(did(await user.events(inputs.slice(0, 7))), []);
    const [offer] = (await user.events(inputs.slice(7, 13))).body.actions;
    assert.equal(offer.do, "suggest");
    const { t } = inputs[12];
    assert.deepEqual(did(await user.choose(t + 3_000, `offer:${offer.offer}:accept`)), ["say"]);
    assert.match((await user.say(t + 9_000, "which banks are supported")).body.actions[0].text, /[a-z]/);
    const chinese = (await user.say(t + 19_000, "收不到验证码")).body.actions.at(-1);
    assert.match(chinese.text, /[\u4e00-\u9fff]/);
    assert.equal((await user.say(t + 29_000, "谢谢")).body.sequence, 6);
  },

  "a request for a human reaches the desk, and what the desk says comes back": async ({ client, desk }) => {
    const { user, answer } = await handedOff(client("plain"));
    const [delivery] = answer.body.handoffs;
    assert.deepEqual(delivery, { handoff: `${user.session}-h1`, key: `${user.session}/2-1`, sent: true });
    assert.equal(desk.posts.at(-1).key, delivery.key);
    assert.equal(answer.body.actions.at(-1).state, "queued");
    assert.equal((await desk.look(`/handoffs/${delivery.handoff}`)).state, "queued");
    const back = await user.choose(START + 9_000, "handoff:cancel");
    assert.equal(back.body.handoffs[0].sent, true);
    assert.equal((await desk.look(`/handoffs/${delivery.handoff}`)).state, "cancelled");
  },

  "a desk that is down leaves the session whole": async ({ client }) => {
    const { user, answer } = await handedOff(client("down"));
    assert.equal(answer.body.handoffs[0].sent, false);
    assert.match(answer.body.handoffs[0].detail, /^The desk did not take it: /);
    assert.equal(answer.body.actions.at(-1).state, "unavailable");
    assert.equal((await user.say(START + 9_000, "hello")).status, 200);
  },

  "without a store a replay does the same under the same keys": async ({ client, desk }) => {
    const { user, before, answer } = await handedOff(client("plain"));
    const posted = desk.posts.length;
    const again = Object.assign(client("plain"), { session: user.session, snapshot: before });
    const replayed = await again.choose(START + 2_000, "handoff:accept");
    assert.deepEqual(replayed.body.actions, answer.body.actions);
    assert.deepEqual(replayed.body.handoffs, answer.body.handoffs);
    const [first, second] = [desk.posts[posted - 1], desk.posts[posted]];
    assert.deepEqual(second, first, "the same post under the same key");
    const all = (await desk.look("/desk/api/handoffs")).handoffs.filter(({ key }) => key === `${user.session}-h1`);
    assert.equal(all.length, 1, "one request at the desk");
  },

  "with a store a replay is refused, and sends nothing": async ({ client, desk }) => {
    const { user, before, answer } = await handedOff(client("store"));
    assert.equal(answer.body.handoffs[0].sent, true);
    const posted = desk.posts.length;
    const again = Object.assign(client("store"), { session: user.session, snapshot: before });
    refused(await again.choose(START + 2_000, "handoff:accept"), 409, "snapshot_replayed");
    const begun = Object.assign(client("store"), { session: user.session });
    refused(await begun.say(START, "I want to talk to a person"), 409, "snapshot_replayed");
    assert.equal(desk.posts.length, posted, "nothing was sent");
    assert.equal((await user.say(START + 9_000, "hello")).status, 200, "the session itself goes on");
  },

  "with a store only one of equal requests is served": async ({ client }) => {
    const user = client("store");
    await user.say(START, "hello");
    const all = await Promise.all(Array.from({ length: 8 }, () => user.say(START + 1_000, "hello", { keep: false })));
    assert.deepEqual(all.map(({ status }) => status).sort(), [200, ...Array(7).fill(409)]);
  },

  "a changed snapshot is refused": async ({ client }) => {
    const user = client("plain");
    await user.say(START, "hello");
    const good = user.snapshot;
    for (const at of [2, 30, Math.floor(good.length / 2), good.length - 2]) {
      user.snapshot = good.slice(0, at) + (good[at] === "A" ? "B" : "A") + good.slice(at + 1);
      refused(await user.say(START + 1_000, "hello"), 403, "snapshot_changed");
    }
    user.snapshot = good.slice(0, -8);
    refused(await user.say(START + 1_000, "hello"), 403, "snapshot_changed");
    for (const none of ["", "no snapshot", "AQ", "x".repeat(210_000)]) {
      user.snapshot = none;
      refused(await user.say(START + 1_000, "hello"), 400, "snapshot_unreadable");
    }
    user.snapshot = good;
    assert.equal((await user.say(START + 1_000, "hello")).status, 200, "nothing is lost");
  },

  "a foreign, an old, and another bundle's snapshot is refused": async ({ client }) => {
    const user = client("plain");
    await user.say(START, "hello");
    const at = (setting) => user.say(START + 1_000, "hello", { setting, keep: false });
    refused(await at("stranger"), 403, "snapshot_changed");
    refused(await at("tenant"), 403, "snapshot_foreign");
    refused(await at("late"), 410, "snapshot_expired");
    refused(await at("rebuilt"), 409, "snapshot_other_bundle");
    const thief = Object.assign(client("plain"), { snapshot: user.snapshot });
    refused(await thief.say(START + 1_000, "hello"), 403, "snapshot_foreign");
    thief.snapshot = undefined;
    assert.equal((await thief.say(START + 1_000, "hello")).status, 200, "begins anew");
  },

  "a roll-out gives each user theirs, and a session keeps what it began with": async ({ client }) => {
    const bundles = [];
    for (let n = 0; n < 12; n += 1) {
      const user = client("staged", { user: `pseudonym-${n}` });
      const { body } = await user.say(START, "hello");
      bundles.push(body.bundle);
      assert.equal((await user.say(START + 1_000, "hello")).body.bundle, body.bundle);
    }
    assert.deepEqual(bundles, DRAWN);
    const old = client("plain");
    await old.say(START, "hello");
    assert.equal((await old.say(START + 1_000, "hello", { setting: "staged" })).body.bundle, "fixture");
  },

  "a new secret takes over without losing sessions": async ({ client }) => {
    const user = client("plain");
    await user.say(START, "hello");
    const moved = await user.say(START + 1_000, "hello", { setting: "rotated" });
    assert.equal(moved.body.sequence, 2);
    refused(await user.say(START + 2_000, "hello", { setting: "plain", keep: false }), 403, "snapshot_changed");
    assert.equal((await user.say(START + 2_000, "hello", { setting: "rotated" })).body.sequence, 3);
  },

  "what does not fit gets a sentence and costs only itself": async ({ client, url, contract }) => {
    const user = client("plain");
    await user.say(START, "hello");
    const mixed = await user.events([{ t: START + 1, kind: "screen", screen: "/" }, { t: START + 2, kind: "tap", x: "left" }, { t: START + 3, kind: "help", screen: "/" }]);
    assert.deepEqual(mixed.body.refused.map(({ at }) => at), [1]);
    assert.match(mixed.body.refused[0].detail, /\.$/);
    const cases = [
      [await user.say(START + 4, "x".repeat(2_001)), 422, "input_refused"],
      [await user.say("soon", "hello"), 400, "body_invalid"],
      [await user.ask("choose", { t: START }), 400, "body_invalid"],
      [await user.ask("handoff", { t: START }), 400, "body_invalid"],
      [await user.ask("events", {}), 400, "body_invalid"],
      [await user.events(Array(201).fill({ t: START, kind: "help" })), 400, "body_invalid"],
      [await user.ask("say", { t: START, text: "hello", config: {} }), 400, "body_invalid"],
      [await client("plain", { unsupported: Array(2_000).fill("rage_click") }).say(START, "hello"), 400, "body_invalid"],
      [await Object.assign(client("plain"), { session: "short" }).say(START, "hello"), 400, "body_invalid"],
      [await client("plain", { session: "another-session" }).say(START, "hello"), 400, "body_invalid"],
      [await client("plain", { language: "fr" }).say(START, "hello"), 422, "input_refused"],
      [await post(`${url}/plain/say`, "{"), 400, "body_unreadable"],
      [await post(`${url}/plain/say`, "[]"), 400, "body_invalid"],
      [await post(`${url}/plain/say`, `{"padding":"${"x".repeat(262_144)}"}`), 413, "body_too_large"],
      [await post(`${url}/plain/health`, {}), 405, "method_not_allowed"],
      [await ask(`${url}/plain/say`), 405, "method_not_allowed"],
      [await ask(`${url}/plain/elsewhere`), 404, "not_found"],
    ];
    for (const [answer, status, code] of cases) {
      contract.answer("say", "POST", answer.status, answer.type, answer.body);
      assert.deepEqual([answer.status, answer.body.code], [status, code], answer.text);
      assert.match(answer.body.detail, /^[A-Z/`].+\.$/s);
      assert.equal(answer.body.begin_anew, false);
    }
    assert.equal((await user.say(START + 5, "hello")).body.sequence, 3);
  },

  "a body that does not say its length is read as far as it may go": async ({ client, url, contract }) => {
    const { session } = client("plain");
    const inParts = (text) => post(`${url}/plain/say`, text, { "transfer-encoding": "chunked" });
    const served = await inParts(JSON.stringify({ session, t: START, text: "你好".repeat(500) }));
    assert.equal(served.status, 200, served.text);
    const refusal = await inParts(`{"padding":"${"x".repeat(262_144)}"}`);
    contract.answer("say", "POST", refusal.status, refusal.type, refusal.body);
    assert.deepEqual([refusal.status, refusal.body.code], [413, "body_too_large"]);
    // Chunks go before a length that lies. Most hosts refuse the two together, and may hang up.
    const lying = { "transfer-encoding": "chunked", "content-length": "5" };
    const answer = await post(`${url}/plain/say`, `{"padding":"${"x".repeat(262_144)}"}`, lying).catch(() => undefined);
    if (answer?.body) assert.equal(answer.body.code, "body_too_large");
  },

  "only listed origins may read from another origin": async ({ url }) => {
    const preflight = (origin) => ask(`${url}/cors/say`, { method: "OPTIONS", headers: { origin, "access-control-request-method": "POST" } });
    const listed = await preflight("https://shop.example");
    assert.equal(listed.status, 204);
    assert.equal(listed.headers["access-control-allow-origin"], "https://shop.example");
    assert.match(listed.headers["access-control-allow-headers"], /content-type/);
    assert.equal((await preflight("https://thief.example")).headers["access-control-allow-origin"], undefined);
    const refusal = await post(`${url}/cors/say`, {}, { origin: "https://shop.example" });
    assert.equal(refusal.headers["access-control-allow-origin"], "https://shop.example", "a refusal can be read too");
    assert.equal(refusal.headers["cache-control"], "no-store");
  },

  "golden traces come out as in the engine itself, byte by byte": async ({ client, root, direct, tally, contract }) => {
    // Some of their inputs are rubbish on purpose, so only the answers are held against the contract.
    for (const [nth, { name, config: { session, ...config }, inputs }] of golden(root).entries()) {
      const user = Object.assign(client("quiet", config), { session, contract: { ...contract, request: () => undefined } });
      const batch = 5 + (nth % 20);
      const served = await user.tell(inputs, batch);
      const wanted = expected(direct, session, config, inputs);
      assert.equal(JSON.stringify(served.flatMap(({ actions }) => actions)), JSON.stringify(wanted.actions), name);
      assert.equal(served.findLast(({ took }) => took > 0).wake_at, wanted.wake_at, name);
      tally.traces += 1;
      tally.inputs += inputs.length;
    }
    assert.ok(tally.traces >= 13, `${tally.traces} traces`);
  },
};

/** Runs all checks against one host; gives each one's name and what went wrong, if anything. */
export async function check(world) {
  let sessions = 0;
  const stamp = `${process.pid.toString(36)}${Date.now().toString(36)}`;
  const client = (setting, config) => new Client(world.url, setting, `${world.host}-${stamp}-${++sessions}`, world.contract, config);
  const results = [];
  for (const [name, run] of Object.entries(CHECKS)) {
    try {
      await run({ ...world, client });
      results.push({ name });
    } catch (error) {
      results.push({ name, error });
    }
  }
  return results;
}

/** Up to the user's yes to what is sent; `before` is the snapshot with which they said it. */
async function handedOff(user) {
  await user.say(START, "I want to talk to a person");
  const before = user.snapshot;
  const answer = await user.choose(START + 2_000, "handoff:accept");
  assert.equal(answer.status, 200, answer.text);
  return { user, before, answer };
}

function refused({ status, body, text }, wanted, code) {
  assert.deepEqual([status, body.code, body.begin_anew], [wanted, code, true], text);
  assert.match(body.detail, ANEW);
  assert.match(body.detail, /\.$/);
}

function did({ status, body, text }) {
  assert.equal(status, 200, text);
  return body.actions.map((action) => action.do);
}

/** One generated trace in so many: through HTTP, seals and JSON all of them would take a minute a host. */
const ONE_IN = 10;

/** The recorded traces and some generated ones; a session's id is long enough for the edge. */
function golden(root) {
  const folder = join(root, "tests/golden");
  const texts = readdirSync(folder).sort().flatMap((name) => {
    if (name.endsWith(".json")) return [readFileSync(join(folder, name), "utf8")];
    return name.endsWith(".jsonl") ? readFileSync(join(folder, name), "utf8").trim().split("\n").filter((_, nth) => nth % ONE_IN === 0) : [];
  });
  return texts.map((text) => {
    const { session } = JSON.parse(text).config;
    return { name: session, ...JSON.parse(text.replaceAll(`"${session}`, `"golden-${session}`)) };
  });
}

function trace(root, name) {
  return JSON.parse(readFileSync(join(root, `tests/golden/${name}.json`), "utf8"));
}
