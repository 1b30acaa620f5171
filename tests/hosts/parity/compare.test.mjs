// The comparison itself must be able to fail.

import assert from "node:assert/strict";
import test from "node:test";

import { compare, firstDifference } from "./compare.mjs";

const traces = [{ config: { session: "s" } }];
const explain = (worth, decision, believed = []) => ({ explain: { stuck: 0.5, worth, decision, believed }, actions: [] });
const tier2 = (is, was) => compare([JSON.stringify([is])], [JSON.stringify([was])], traces);

test("one byte is seen, with its place", () => {
  assert.equal(firstDifference(["[1]"], ["[1]"], traces), null);
  assert.match(firstDifference(["[😀2]"], ["[😀1]"], traces), /^s, character 2/);
  assert.match(firstDifference([], ["[1]"], traces), /0 traces, not 1/);
});

test("a number may be 1e-4 apart and no more", () => {
  const near = tier2(explain(2.00009, "suggest: believed"), explain(2, "suggest: believed"));
  assert.deepEqual([near.closeCalls, near.different], [[], []]);
  assert.ok(near.largest > 8e-5);
  assert.equal(tier2(explain(2.001, "suggest: believed"), explain(2.5, "suggest: believed")).different.length, 1);
  const near0 = tier2(explain(0.0002, "suggest: believed"), explain(-0.0002, "suggest: believed"));
  assert.equal(near0.different.length, 1, "a small margin excuses no number");
});

test("another decision is a close call only where its margin is small", () => {
  const [yes, no] = ["suggest: believed", "stay_silent: below_worth"];
  assert.equal(tier2(explain(0.00004, yes), explain(-0.00004, no)).closeCalls.length, 1);
  assert.equal(tier2(explain(0.3, yes), explain(0.3, no)).different.length, 1);
  assert.equal(tier2(explain(0, yes), explain(0, no)).different.length, 1, "nothing was weighed");
  const believed = (p, q) => [{ id: "a", probability: p }, { id: "b", probability: q }];
  assert.equal(tier2(explain(2, yes, believed(0.4, 0.39995)), explain(2, no, believed(0.4, 0.39995))).closeCalls.length, 1);
  assert.equal(tier2(explain(2, yes, believed(0.4, 0.3)), explain(2, no, believed(0.4, 0.3))).different.length, 1);
});

test("a rounded figure in a sentence may be one apart in its last digit, a word may not", () => {
  const reason = (text) => ({ ...explain(2, "x"), actions: [{ reasons: [{ text }] }] });
  assert.deepEqual(tier2(reason("believed at 0.92; worth +1.5."), reason("believed at 0.91; worth +1.4.")).different, []);
  assert.equal(tier2(reason("believed at 0.93"), reason("believed at 0.91")).different.length, 1);
  assert.equal(tier2(reason("a 0.91"), reason("b 0.91")).different.length, 1);
});

test("what is missing on one side is seen", () => {
  assert.equal(tier2({ ...explain(2, "x"), actions: [{ do: "say" }] }, explain(2, "x")).different.length, 1);
  const shorter = compare(["[]"], [JSON.stringify([explain(2, "x")])], traces);
  assert.equal(shorter.different.length, 1);
});
