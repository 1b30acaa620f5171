// Four people get on well, or are merely slow. Nobody interrupts them.

import { Person } from "../person.mjs";
import { ID, PHONE, toAmount, toCashier, toIdentity, toVerify } from "../ways.mjs";

async function readsTheCode(person) {
  await person.until(async () => (await person.el("bind.verify.code").inputValue()).length === 6 || (await copyFromMessage(person)), "for the code");
}

/** The code comes as a notification; tapping it fills the field in. */
async function copyFromMessage(person) {
  const notification = person.el("phone.notification");
  if (!(await notification.isVisible())) return false;
  await notification.click();
  await person.beat();
  return (await person.el("bind.verify.code").inputValue()).length === 6;
}

async function addsACard({ browser, origin }) {
  const person = await Person.arrive(browser, origin, { language: "zh" });
  await toVerify(person);
  await readsTheCode(person);
  await person.pause(2_000);
  await person.tap("bind.verify.submit");
  await person.arrives("/cards/new/done");
  await person.pause(5_000);
  await person.isLeftAlone();
  await person.leaves();
}

async function sendsMoney({ browser, origin }) {
  const person = await Person.arrive(browser, origin);
  await toAmount(person);
  await person.type("send.amount.value", "88");
  await person.pause(2_500);
  await person.tap("send.amount.next");
  await person.arrives("/send/confirm");
  await person.pause(4_000);
  await person.tap("send.confirm.submit");
  await person.arrives("/send/done");
  await person.pause(5_000);
  await person.isLeftAlone();
  await person.leaves();
}

/** Orders six of a thing by the stepper, reads everything, and pays. */
async function paysCarefully({ browser, origin }) {
  const person = await Person.arrive(browser, origin);
  await person.tap("home.scan");
  await person.arrives("/pay");
  await person.pause(9_000);
  await person.tap("pay.choose.merchant");
  await person.pause(4_000);
  for (let n = 0; n < 5; n += 1) await person.el("pay.order.plus").click();
  await person.pause(8_000);
  await person.tap("pay.order.next");
  await person.pause(7_000);
  await person.tap("pay.cashier.submit");
  await person.until(() => person.page.url().endsWith("/result"), "for the result");
  await person.pause(6_000);
  await person.isLeftAlone();
  await person.leaves();
}

/** Types slowly, looks for the ID card, corrects one digit, and gets on. */
async function isMerelySlow({ browser, origin }) {
  const person = await Person.arrive(browser, origin, { language: "zh" });
  await toIdentity(person);
  await person.pause(12_000);
  await person.type("bind.identity.holder", "林一");
  await person.pause(9_000);
  await person.type("bind.identity.id", ID.slice(0, 17));
  await person.pause(11_000);
  await person.type("bind.identity.id", ID);
  await person.pause(6_000);
  await person.type("bind.identity.phone", PHONE);
  await person.pause(6_000);
  await person.tap("bind.identity.next");
  await person.arrives("/cards/new/verify");
  await readsTheCode(person);
  await person.pause(8_000);
  await person.tap("bind.verify.submit");
  await person.arrives("/cards/new/done");
  await person.isLeftAlone();
  await person.leaves();
}

export default {
  "smooth: adds a card": addsACard,
  "smooth: sends money": sendsMoney,
  "smooth: pays carefully": paysCarefully,
  "slow: takes their time over a form": isMerelySlow,
};
