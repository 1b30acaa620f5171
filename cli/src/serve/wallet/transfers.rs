//! Sending money to people.

use axum::{Json, http::StatusCode};
use serde::Deserialize;

use super::{
    error::{Answer, Body, broken, declined},
    payments::keep,
    seed::{Order, PAYEES, Payee, Status, TRANSFER, now, order_id},
    session::Mine,
};

pub async fn payees() -> Json<&'static [Payee]> {
    Json(&PAYEES)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    /// A known payee's id, or the name given to a new one.
    to: String,
    /// In cents.
    amount: i64,
}

pub async fn send(Mine(wallet): Mine, Body(Transfer { to, amount }): Body<Transfer>) -> Answer<Order> {
    let trouble = wallet.trouble();
    if trouble.system_error {
        return Err(broken(StatusCode::INTERNAL_SERVER_ERROR, "system_busy", "the ledger did not answer"));
    }
    if amount <= 0 {
        return Err(declined("amount_invalid", "an amount is a whole number of cents above 0"));
    }
    if amount > trouble.limit() {
        return Err(declined("limit_exceeded", format!("one transfer is at most {} cents", trouble.limit())));
    }
    let mut account = wallet.account();
    if amount > account.balance {
        return Err(declined("balance_low", "the balance does not cover it"));
    }
    let name: String = to.chars().take(40).collect();
    let known = PAYEES.iter().find(|payee| payee.id == to);
    let (zh, en) = known.map_or((&*name, &*name), |payee| (payee.zh, payee.en));
    let order = Order {
        id: order_id(account.orders.len()),
        zh: format!("转账给{zh}"),
        en: format!("To {en}"),
        amount,
        status: Status::Paid,
        at: now(),
        icon: TRANSFER,
        card: None,
        refund: None,
    };
    account.balance -= amount;
    keep(&mut account, order.clone());
    Ok(Json(order))
}
