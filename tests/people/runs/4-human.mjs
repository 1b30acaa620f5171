// People who want a human, and get one; what breaks on the way loses nothing.

import assert from "node:assert/strict";

import { Agent } from "../agent.mjs";
import { Person } from "../person.mjs";
import { plant, toAmount } from "../ways.mjs";

async function asksForAHuman(person, words = "I want to talk to a human") {
  await person.asks(words);
  await person.consents();
}

/** Demands a human: consents, sees the queue, talks, and reads one farewell. */
async function demandsAHuman({ browser, origin }) {
  const agent = await Agent.sitsDown(browser, origin);
  const person = await Person.arrive(browser, origin, { clock: false });
  await plant(person, "dead_button");
  await toAmount(person);
  for (let n = 0; n < 3; n += 1) await person.tap("send.amount.next");
  await asksForAHuman(person);
  const key = await agent.waiting();
  const { package: context } = await agent.facts(key);
  assert.match(JSON.stringify(context), /send\.amount/, "the agent does not see where they are stuck");
  await agent.take(key);
  await agent.says(key, "Hello, Mei here. I can see the Continue button did nothing.");
  await person.reads(/Mei here/);
  const before = (await person.actions("say")).length;
  await person.ask("yes exactly, it is dead");
  await agent.hears(key, /it is dead/);
  assert.equal((await person.actions("say")).length, before, "the bot talked over the human");
  await agent.ends(key);
  await person.until(async () => /ended/.test(JSON.stringify(await person.actions("hand_off"))), "for the farewell");
  const farewells = (await person.actions("hand_off")).filter(({ state, text }) => state === "ended" && text);
  assert.equal(farewells.length, 1, "one closing message");
  await person.leaves();
  await agent.leaves();
}

/** Reload in the queue; the network gone while the human answers; the server killed: nothing is lost. */
async function losesTheNetwork({ browser, origin, server }) {
  const agent = await Agent.sitsDown(browser, origin);
  const person = await Person.arrive(browser, origin, { language: "zh", clock: false });
  await asksForAHuman(person, "转人工");
  const key = await agent.waiting();
  await person.page.reload();
  await person.ready();
  await person.openChat();
  await agent.take(key);
  await agent.says(key, "您好，我是小梅");
  await person.reads(/我是小梅/);
  await person.context.setOffline(true);
  await person.ask("断网时写的话");
  await agent.says(key, "您还在吗");
  await person.context.setOffline(false);
  await person.reads(/您还在吗/);
  await agent.hears(key, /断网时写的话/);
  await server.crashAndRestart();
  await agent.comesBack();
  await person.ask("服务器重启后的话");
  await agent.hears(key, /服务器重启后的话/);
  const said = await agent.transcript(key);
  for (const words of ["我是小梅", "断网时写的话", "您还在吗", "服务器重启后的话"]) {
    assert.equal(said.split(words).length - 1, 1, `“${words}” must be there once:\n${said}`);
  }
  await person.leaves();
  await agent.leaves();
}

/** Nobody sits at the desk: a message can be left. */
async function findsNobody({ browser, origin }) {
  const person = await Person.arrive(browser, origin, { clock: false });
  await asksForAHuman(person);
  await person.until(async () => /unavailable/.test(JSON.stringify(await person.actions("hand_off"))), "to hear that nobody is there", 40_000);
  await person.leaves();
}

export default {
  "human: nobody at the desk": findsNobody, // First: an agent who just left still counts as near.
  "human: demanded, and the agent answers": demandsAHuman,
  "human: reload, lost network, killed server": losesTheNetwork,
};
