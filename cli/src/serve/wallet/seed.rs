//! What a new wallet holds, and the people and shops it knows.

use std::time::{SystemTime, UNIX_EPOCH};

use serde::Serialize;

use super::{identity::Identity, refunds::Refund, session::Account};

/// A bank card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Card {
    pub id: String,
    pub bank: &'static str,
    pub last_four: String,
}

/// Someone to send money to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Payee {
    pub id: &'static str,
    pub zh: &'static str,
    pub en: &'static str,
    /// Masked.
    pub account: &'static str,
}

/// A shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Merchant {
    pub id: &'static str,
    pub zh: &'static str,
    pub en: &'static str,
    pub item_zh: &'static str,
    pub item_en: &'static str,
    /// In cents, for one.
    pub price: i64,
    pub icon: &'static str,
}

/// How an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Paid,
    Processing,
    FailedPayment,
    /// The shop has not answered.
    RefundAsked,
    /// The shop agreed; the bank has it.
    Refunding,
    Refunded,
}

impl Status {
    pub fn is_refund(self) -> bool {
        matches!(self, Self::RefundAsked | Self::Refunding | Self::Refunded)
    }
}

/// A payment or a transfer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Order {
    pub id: String,
    pub zh: String,
    pub en: String,
    /// In cents; what left the wallet.
    pub amount: i64,
    pub status: Status,
    /// Milliseconds since 1970.
    pub at: u64,
    pub icon: &'static str,
    /// The last four digits of the card that paid; none is the balance.
    pub card: Option<String>,
    pub refund: Option<Refund>,
}

impl Order {
    pub fn is_transfer(&self) -> bool {
        self.icon == TRANSFER
    }
}

/// The icon of what went to a person.
pub const TRANSFER: &str = "transfer";
/// Whose wallet it is, in both languages.
pub const NAMES: [&str; 2] = ["林一", "Lin Yi"];
/// The last four digits of the first card.
const CARD: &str = "8826";

pub const PAYEES: [Payee; 6] = [
    Payee { id: "1", zh: "陈晓梅", en: "Mei Chen", account: "138****2046" },
    Payee { id: "2", zh: "妈妈", en: "Mum", account: "139****7712" },
    Payee { id: "3", zh: "房东老李", en: "Mr Li (landlord)", account: "6222 **** 0391" },
    Payee { id: "4", zh: "王一鸣", en: "Yiming Wang", account: "186****5530" },
    Payee { id: "5", zh: "周婷", en: "Ting Zhou", account: "177****9028" },
    Payee { id: "6", zh: "赵磊", en: "Lei Zhao", account: "6217 **** 8846" },
];

pub const MERCHANTS: [Merchant; 4] = [
    Merchant {
        id: "1001",
        zh: "半日咖啡",
        en: "Half Day Coffee",
        item_zh: "拿铁（大杯）",
        item_en: "Latte, large",
        price: 2_600,
        icon: "coffee",
    },
    Merchant {
        id: "1002",
        zh: "街角书店",
        en: "Corner Books",
        item_zh: "《看不见的城市》",
        item_en: "Invisible Cities",
        price: 4_980,
        icon: "book",
    },
    Merchant {
        id: "1003",
        zh: "鲜果时光",
        en: "Fresh Hour Fruit",
        item_zh: "当季果篮",
        item_en: "Seasonal basket",
        price: 8_800,
        icon: "fruit",
    },
    Merchant {
        id: "1004",
        zh: "城市家电",
        en: "City Appliances",
        item_zh: "洗碗机",
        item_en: "Dishwasher",
        price: 419_900,
        icon: "appliance",
    },
];

const DAY_MS: u64 = 86_400_000;

/// Now, in milliseconds since 1970.
pub fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |d| u64::try_from(d.as_millis()).unwrap_or(u64::MAX))
}

/// The year by the sun, which is near enough for an expiry date.
pub fn this_year() -> u64 {
    const YEAR_MS: u64 = 31_556_952_000;
    1_970 + now() / YEAR_MS
}

/// A wallet as it is handed out.
pub fn account() -> Account {
    Account {
        name: NAMES[0],
        balance: 368_050,
        cards: vec![Card { id: "1".into(), bank: "cmb", last_four: CARD.into() }],
        pending_card: None,
        code: None,
        codes_today: 0,
        orders: orders(now()),
        identity: Identity::default(),
    }
}

/// Newest first.
fn orders(now: u64) -> Vec<Order> {
    let order = |number: u32, zh: &str, en: &str, amount, status, days: u64, icon| Order {
        id: format!("20260800{number:08}"),
        zh: zh.into(),
        en: en.into(),
        amount,
        status,
        at: now.saturating_sub(days * DAY_MS + u64::from(number % 7) * 4_200_000),
        icon,
        card: None,
        refund: None,
    };
    let by_card = |order: Order| Order { card: Some(CARD.into()), ..order };
    vec![
        order(10_482_211, "半日咖啡", "Half Day Coffee", 2_600, Status::Paid, 1, "coffee"),
        by_card(order(10_479_036, "鲜果时光", "Fresh Hour Fruit", 8_800, Status::Refunding, 2, "fruit")),
        order(10_466_520, "地铁出行", "Metro", 400, Status::Paid, 3, "metro"),
        order(10_451_873, "转账给妈妈", "To Mum", 200_000, Status::Paid, 5, TRANSFER),
        by_card(order(10_438_109, "街角书店", "Corner Books", 9_960, Status::Paid, 8, "book")),
        order(10_420_644, "手机充值", "Phone top-up", 10_000, Status::Refunded, 11, "phone"),
        order(10_401_992, "房东老李", "Mr Li (landlord)", 320_000, Status::Paid, 21, TRANSFER),
    ]
}

/// The number of the next order: time and place in line, so that it never repeats in a wallet.
pub fn order_id(count: usize) -> String {
    format!("{}{:03}", now(), count % 1_000)
}
