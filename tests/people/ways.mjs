// Ways through the wallet that several people share.

/** Numbers with a right check digit, and one that is a digit short. */
export const CARD = "6222020200112233446";
export const SHORT = "62220202001122";
export const ID = "11010519491231002X";
export const PHONE = "13812342046";

export async function plant(person, ...troubles) {
  const planted = Object.fromEntries(troubles.map((name) => [name, true]));
  const answer = await person.context.request.post(`${person.origin}/api/trouble`, { data: planted });
  if (!answer.ok()) throw new Error(`the trouble ${troubles} could not be planted: ${answer.status()}`);
  await person.page.reload();
  await person.ready();
}

export async function toCardNumber(person) {
  await person.tap("tab.cards");
  await person.pause(2_000);
  await person.tap("cards.add");
  await person.arrives("/cards/new");
}

export async function toIdentity(person) {
  await toCardNumber(person);
  await person.type("bind.number.card", CARD);
  await person.pause(1_500);
  await person.tap("bind.number.next");
  await person.arrives("/cards/new/identity");
}

export async function fillIdentity(person) {
  await person.type("bind.identity.holder", "Lin Yi");
  await person.pause(1_500);
  await person.type("bind.identity.id", ID);
  await person.pause(1_500);
  await person.type("bind.identity.phone", PHONE);
  await person.pause(1_500);
}

export async function toVerify(person) {
  await toIdentity(person);
  await fillIdentity(person);
  await person.tap("bind.identity.next");
  await person.arrives("/cards/new/verify");
}

export async function toAmount(person) {
  await person.tap("home.send");
  await person.arrives("/send");
  await person.pause(2_000);
  await person.tap("send.payee.pick");
  await person.arrives("/send/amount");
}

export async function toOrder(person) {
  await person.tap("home.scan");
  await person.arrives("/pay");
  await person.pause(2_500);
  await person.tap("pay.choose.merchant");
}

export async function toCashier(person) {
  await toOrder(person);
  await person.pause(3_000);
  await person.tap("pay.order.next");
  await person.until(() => person.page.url().endsWith("/cashier"), "at the cashier");
}

/** "Continue" does nothing, however often it is tapped. */
export async function toDeadButton(person) {
  await toAmount(person);
  await person.type("send.amount.value", "88");
}

export async function tapsTheDeadButton(person) {
  await person.tap("send.amount.next");
  await person.pause(1_800);
}

/** Is stuck at the dead button, and is offered the way out. */
export async function isOfferedAtDeadButton(person) {
  await plant(person, "dead_button");
  await toDeadButton(person);
  await person.triesUntilOffered(3, () => tapsTheDeadButton(person));
  await person.isOffered("send.amount.dead_button");
}

export async function toRefund(person, order) {
  await person.tap("tab.me");
  await person.pause(2_000);
  await person.tap("me.refunds");
  await person.arrives("/refunds");
  await person.pause(3_000);
  await person.page.locator(`a[href="/refunds/${order}"]`).click();
  await person.arrives(`/refunds/${order}`);
  await person.pause(3_000);
}

export async function toPhoto(person) {
  await person.tap("tab.me");
  await person.pause(2_000);
  await person.tap("me.verify");
  await person.arrives("/verify");
  await person.pause(3_000);
  await person.tap("verify.document.id_card");
  await person.arrives("/verify/photo");
}

export async function toReview(person) {
  await toPhoto(person);
  await person.pause(5_000);
  await person.tap("verify.photo.take");
  await person.arrives("/verify/name");
  await person.pause(4_000);
  await person.tap("verify.name.submit");
  await person.arrives("/verify/review");
}
