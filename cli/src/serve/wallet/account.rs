//! Who one is, what one has paid, and the search over both.

use axum::{
    Json,
    extract::{Path, Query},
};
use serde::{Deserialize, Serialize};

use super::{
    error::{Answer, missing},
    identity::State,
    seed::{MERCHANTS, Order},
    session::Mine,
};

#[derive(Serialize)]
pub struct Me {
    name: &'static str,
    balance: i64,
    transfer_limit: i64,
    identity: State,
}

pub async fn me(Mine(wallet): Mine) -> Json<Me> {
    let account = wallet.account();
    Json(Me {
        name: account.name,
        balance: account.balance,
        transfer_limit: wallet.trouble().limit(),
        identity: account.identity.state,
    })
}

pub async fn orders(Mine(wallet): Mine) -> Json<Vec<Order>> {
    Json(wallet.account().orders.clone())
}

/// One order; `latest` is the newest.
pub async fn order(Mine(wallet): Mine, Path(id): Path<String>) -> Answer<Order> {
    let account = wallet.account();
    let order = match id.as_str() {
        "latest" => account.orders.first(),
        id => account.orders.iter().find(|order| order.id == id),
    };
    order.cloned().map(Json).ok_or_else(|| missing("not_found", format!("there is no order {id}")))
}

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
}

/// A way to a page of the app.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hit {
    zh: String,
    en: String,
    href: String,
    icon: &'static str,
}

/// The app's own pages, and the words they are found by.
const PAGES: [(&str, &str, &str, &str, &str); 10] = [
    ("绑定银行卡", "Add a bank card", "/cards/new", "card", "bank card add bind link 银行卡 绑卡 信用卡"),
    ("转账", "Send money", "/send", "transfer", "send transfer money friend payee 转账 汇款 收款人"),
    (
        "扫一扫与付款码",
        "Scan and pay code",
        "/pay",
        "scan",
        "scan qr pay code shop 扫一扫 扫码 付款码 收款码 二维码",
    ),
    ("账单", "Orders", "/orders", "order", "orders payments history receipt 账单 订单 记录 回单 凭证"),
    ("退款", "Refunds", "/refunds", "refresh", "refund refunds return money back 退款 退钱 退货 售后"),
    (
        "身份验证",
        "Verify identity",
        "/verify",
        "document",
        "verify identity id document passport photo 实名 认证 身份 证件 护照",
    ),
    ("限额管理", "Limits", "/settings/limits", "limit", "limit limits raise 限额 额度 提额"),
    ("长辈模式", "Large text", "/settings", "text", "large text font elder size 长辈 关怀 字体 大字"),
    (
        "语言与深色模式",
        "Language and dark mode",
        "/settings",
        "globe",
        "language chinese english dark theme 语言 中文 英文 深色 夜间",
    ),
    ("帮助中心", "Help centre", "/help", "help", "help support customer service human 帮助 客服 人工"),
];

pub async fn search(Mine(wallet): Mine, Query(asked): Query<Asked>) -> Json<Vec<Hit>> {
    if wallet.trouble().empty_search {
        return Json(Vec::new());
    }
    Json(find(&asked.q))
}

fn find(asked: &str) -> Vec<Hit> {
    let asked = asked.trim().to_lowercase();
    if asked.is_empty() {
        return Vec::new();
    }
    let pages = PAGES
        .iter()
        .filter(|(zh, en, _, _, words)| {
            [zh, en, words].iter().any(|text| text.to_lowercase().contains(&asked))
                || words.split(' ').any(|word| word.len() > 2 && asked.contains(word))
        })
        .map(|&(zh, en, href, icon, _)| Hit { zh: zh.into(), en: en.into(), href: href.into(), icon });
    let shops = MERCHANTS
        .iter()
        .filter(|m| m.zh.contains(&asked) || m.en.to_lowercase().contains(&asked))
        .map(|m| Hit { zh: m.zh.into(), en: m.en.into(), href: format!("/pay/{}", m.id), icon: m.icon });
    pages.chain(shops).collect()
}
