//! Asking for money back: the shop may refuse, the card it came from may be closed, and the answer takes
//! its time.

use std::{sync::Arc, time::Duration};

use axum::{Json, extract::Path};
use serde::{Deserialize, Serialize};

use super::{
    error::{Answer, Body, declined, missing},
    seed::{Order, Status},
    session::{Mine, Wallet},
};

/// How long a shop takes to agree.
pub const SHOP_TAKES: Duration = Duration::from_secs(3);

/// Why it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    NotReceived,
    NotAsDescribed,
    ChangedMind,
    WrongAmount,
}

/// Where the money goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Destination {
    /// The way it came.
    Origin,
    Balance,
}

/// What was asked for, beside its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Refund {
    pub reason: Reason,
    pub to: Destination,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    order: String,
    reason: Reason,
    to: Destination,
}

pub async fn ask(Mine(wallet): Mine, Body(asked): Body<Asked>) -> Answer<Order> {
    let trouble = wallet.trouble();
    let order = {
        let mut account = wallet.account();
        let Some(order) = account.orders.iter_mut().find(|order| order.id == asked.order) else {
            return Err(missing("not_found", format!("there is no order {}", asked.order)));
        };
        if order.is_transfer() || !matches!(order.status, Status::Paid) {
            return Err(declined("not_refundable", "only a payment to a shop is refunded, and only once"));
        }
        if trouble.refund_refused {
            return Err(declined("refund_refused", "the shop's rules refuse this refund"));
        }
        if trouble.card_closed && order.card.is_some() && asked.to == Destination::Origin {
            return Err(declined("refund_card_closed", "the card that paid is closed and takes no money"));
        }
        order.status = Status::RefundAsked;
        order.refund = Some(Refund { reason: asked.reason, to: asked.to });
        order.clone()
    };
    tokio::spawn(the_shop_answers(wallet, asked.order));
    Ok(Json(order))
}

/// The shop agrees: at once into the balance, by the bank to a card. While refunds wait, it says nothing.
async fn the_shop_answers(wallet: Arc<Wallet>, id: String) {
    tokio::time::sleep(SHOP_TAKES).await;
    if wallet.trouble().refund_waits {
        return;
    }
    let mut account = wallet.account();
    let Some(order) = account.orders.iter_mut().find(|order| order.id == id) else { return };
    if order.card.is_some() && order.refund.is_some_and(|refund| refund.to == Destination::Origin) {
        order.status = Status::Refunding;
        return;
    }
    order.status = Status::Refunded;
    let amount = order.amount;
    account.balance += amount;
}

/// One refund; `latest` is the newest order's.
pub async fn show(Mine(wallet): Mine, Path(id): Path<String>) -> Answer<Order> {
    let account = wallet.account();
    let mut refunds = account.orders.iter().filter(|order| order.status.is_refund());
    let order = match id.as_str() {
        "latest" => refunds.next(),
        id => refunds.find(|order| order.id == id),
    };
    order.cloned().map(Json).ok_or_else(|| missing("not_found", format!("there is no refund of {id}")))
}
