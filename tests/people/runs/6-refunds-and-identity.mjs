// Money asked back, and who one is: stuck at somebody else's no, at a photo, and at a wait.

import assert from "node:assert/strict";

import { Person } from "../person.mjs";
import { plant, toPhoto, toRefund, toReview } from "../ways.mjs";

/** The shop refuses, whatever the reason. */
async function isRefusedARefund({ browser, origin }) {
  const person = await Person.arrive(browser, origin);
  await plant(person, "refund_refused");
  await toRefund(person, "2026080010482211");
  await person.triesUntilOffered(3, async (n) => {
    await person.page.locator('[data-unstuck="refund.ask.reason"]').nth(n).check();
    await person.pause(2_500);
    await person.tap("refund.ask.submit");
    await person.pause(3_500);
  });
  await person.isOffered("refund.ask.refused");
  await person.acceptOffer();
  await person.choose("It never came");
  await person.reads(/48 hours/);
  await person.choose("step in");
  await person.consents();
  await person.leaves();
}

/** The card that paid is closed; the offer leads to the balance, and the refund goes there. */
async function paidWithAClosedCard({ browser, origin }) {
  const person = await Person.arrive(browser, origin, { language: "zh" });
  await plant(person, "card_closed");
  await toRefund(person, "2026080010438109");
  await person.page.locator('[data-unstuck="refund.ask.reason"]').first().check();
  await person.triesUntilOffered(3, async () => {
    await person.pause(2_500);
    await person.tap("refund.ask.submit");
    await person.pause(3_500);
  });
  await person.isOffered("refund.ask.closed_card");
  await person.acceptOffer();
  await person.isLedTo("refund.ask.to.balance");
  await person.el("refund.ask.to.balance").check();
  await person.beat();
  await person.tap("refund.ask.submit");
  await person.arrives("/refunds/2026080010438109/status");
  await person.leaves();
}

/** The shop is silent, and the page is looked at again and again. */
async function waitsForTheShop({ browser, origin }) {
  const person = await Person.arrive(browser, origin, { language: "zh" });
  await plant(person, "refund_waits");
  await toRefund(person, "2026080010482211");
  await person.page.locator('[data-unstuck="refund.ask.reason"]').first().check();
  await person.pause(2_500);
  await person.tap("refund.ask.submit");
  await person.arrives("/refunds/2026080010482211/status");
  await person.pause(20_000);
  await person.triesUntilOffered(3, async () => {
    for (let n = 0; n < 4; n += 1) await person.el("refund.status.refresh").click();
    await person.pause(8_000);
  });
  await person.isOffered("refund.status.waiting", 90_000);
  await person.acceptOffer();
  await person.reads(/26\.00/);
  await person.leaves();
}

/** The photo is refused three times. */
async function hasAPhotoRefused({ browser, origin }) {
  const person = await Person.arrive(browser, origin);
  await plant(person, "photo_rejected");
  await toPhoto(person);
  await person.triesUntilOffered(3, async () => {
    await person.pause(4_000);
    await person.tap("verify.photo.take");
    await person.pause(2_000);
  });
  await person.isOffered("verify.photo.blurry");
  await person.acceptOffer();
  await person.reads(/dark table/);
  await person.leaves();
}

/** The camera never opens. */
async function hasNoCamera({ browser, origin }) {
  const person = await Person.arrive(browser, origin, { language: "zh" });
  await plant(person, "camera_blocked");
  await toPhoto(person);
  await person.triesUntilOffered(4, async () => {
    await person.tap("verify.photo.take");
    await person.pause(1_800);
  });
  await person.isOffered("verify.photo.camera");
  await person.acceptOffer();
  await person.choose("带我做");
  await person.isLedTo("verify.photo.file");
  await person.leaves();
}

/** The name on the document is another one. */
async function hasAnotherName({ browser, origin }) {
  const person = await Person.arrive(browser, origin, { language: "zh" });
  await plant(person, "name_mismatch");
  await toPhoto(person);
  await person.pause(5_000);
  await person.tap("verify.photo.take");
  await person.arrives("/verify/name");
  await person.triesUntilOffered(3, async () => {
    await person.pause(3_000);
    await person.tap("verify.name.submit");
    await person.pause(2_000);
  });
  await person.isOffered("verify.name.mismatch");
  await person.acceptOffer();
  await person.choose("改过名");
  await person.reads(/曾用名/);
  await person.leaves();
}

/** The review hangs, and is opened again by the bot. */
async function waitsForAReview({ browser, origin }) {
  const person = await Person.arrive(browser, origin);
  await plant(person, "review_waits");
  await toReview(person);
  await person.pause(20_000);
  await person.triesUntilOffered(3, async () => {
    for (let n = 0; n < 4; n += 1) await person.el("verify.review.refresh").click();
    await person.pause(8_000);
  });
  await person.isOffered("verify.review.waiting", 90_000);
  await person.acceptOffer();
  await person.choose("Open it again");
  await person.choose("Yes");
  await person.reads(/you're verified/);
  await person.leaves();
}

/** All goes well: nobody says a word. */
async function verifiesWithoutTrouble({ browser, origin }) {
  const person = await Person.arrive(browser, origin, { language: "zh" });
  await toReview(person);
  await person.pause(4_000);
  await person.until(async () => /验证通过/.test(await person.page.locator("main").innerText()), "to be verified");
  await person.pause(5_000);
  await person.isLeftAlone();
  await person.leaves();
}

/** Asks about both in words, and is understood. */
async function asksAboutBoth({ browser, origin }) {
  const person = await Person.arrive(browser, origin, { language: "zh" });
  await person.asks("店家就是不肯给我退款");
  assert.equal(await person.lastTop(), "refund.ask.refused");
  await person.asks("证件照片老说模糊");
  assert.equal(await person.lastTop(), "verify.photo.blurry");
  await person.leaves();
}

export default {
  "refund: the shop refuses": isRefusedARefund,
  "refund: the card is closed": paidWithAClosedCard,
  "refund: the shop is silent": waitsForTheShop,
  "identity: the photo is refused thrice": hasAPhotoRefused,
  "identity: the camera is dead": hasNoCamera,
  "identity: the name differs": hasAnotherName,
  "identity: the review hangs": waitsForAReview,
  "identity: all goes well": verifiesWithoutTrouble,
  "asks: about refunds and identity": asksAboutBoth,
};
