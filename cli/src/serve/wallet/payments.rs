//! Paying shops.

use axum::{Json, extract::Path, http::StatusCode};
use serde::Deserialize;

use super::{
    error::{Answer, Body, broken, declined, missing},
    seed::{MERCHANTS, Merchant, Order, Status, now, order_id},
    session::{Account, Mine, ORDERS},
};

/// The most of one thing in one order.
const MOST: i64 = 20;

pub async fn merchants() -> Json<&'static [Merchant]> {
    Json(&MERCHANTS)
}

pub async fn merchant(Path(id): Path<String>) -> Answer<&'static Merchant> {
    shop(&id).map(Json).ok_or_else(|| missing("not_found", format!("there is no shop {id}")))
}

fn shop(id: &str) -> Option<&'static Merchant> {
    MERCHANTS.iter().find(|merchant| merchant.id == id)
}

/// What is paid from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Method {
    Balance,
    Card,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payment {
    merchant: String,
    quantity: i64,
    method: Method,
}

/// Pays, by the shop's own service. A failure leaves the order behind, unpaid, so that it can be retried.
pub async fn pay(Mine(wallet): Mine, Body(payment): Body<Payment>) -> Answer<Order> {
    let Some(merchant) = shop(&payment.merchant) else {
        return Err(missing("not_found", format!("there is no shop {}", payment.merchant)));
    };
    if !(1..=MOST).contains(&payment.quantity) {
        return Err(declined("quantity_invalid", format!("a quantity is 1 to {MOST}")));
    }
    let trouble = wallet.trouble();
    let mut account = wallet.account();
    let amount = merchant.price * payment.quantity;
    if payment.method == Method::Balance && amount > account.balance {
        return Err(declined("balance_low", "the balance does not cover it"));
    }
    let status = match trouble {
        t if t.merchant_down => Status::FailedPayment,
        t if t.pending => Status::Processing,
        _ => Status::Paid,
    };
    let order = Order {
        id: order_id(account.orders.len()),
        zh: merchant.zh.into(),
        en: merchant.en.into(),
        amount,
        status,
        at: now(),
        icon: merchant.icon,
        card: match payment.method {
            Method::Card => account.cards.first().map(|card| card.last_four.clone()),
            Method::Balance => None,
        },
        refund: None,
    };
    if status != Status::FailedPayment && payment.method == Method::Balance {
        account.balance -= amount;
    }
    keep(&mut account, order.clone());
    if status == Status::FailedPayment {
        let detail = "the shop's payment service did not answer; nothing was charged";
        return Err(broken(StatusCode::BAD_GATEWAY, "merchant_unavailable", detail));
    }
    Ok(Json(order))
}

/// Retries an unpaid order by another route; `latest` is the newest. An order is paid once only.
pub async fn retry(Mine(wallet): Mine, Path(id): Path<String>) -> Answer<Order> {
    let mut account = wallet.account();
    let balance = account.balance;
    let mut orders = account.orders.iter_mut();
    let order = match id.as_str() {
        "latest" => orders.find(|order| order.status == Status::FailedPayment),
        id => orders.find(|order| order.id == id),
    };
    let Some(order) = order else {
        return Err(missing("not_found", "there is no such payment to retry"));
    };
    if order.status != Status::FailedPayment {
        return Ok(Json(order.clone()));
    }
    if order.amount > balance {
        return Err(declined("balance_low", "the balance does not cover it"));
    }
    order.status = Status::Paid;
    // The other route is the balance.
    order.card = None;
    let paid = order.clone();
    account.balance -= paid.amount;
    Ok(Json(paid))
}

/// Keeps an order as the newest.
pub fn keep(account: &mut Account, order: Order) {
    account.orders.insert(0, order);
    account.orders.truncate(ORDERS);
}
