//! Values that a flow asks for: what fits, and what of it a human may see.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    phrases::half_width,
    redact::{is_card, redact, tells_secret},
    transcript::clip,
};
use crate::playbook::SlotKind;

/// Slots kept; a new one beyond that is dropped. Flows ask for a handful.
pub const MAX_SLOTS: usize = 16;
/// Characters kept of a value.
pub const MAX_VALUE_CHARS: usize = 200;

/// The filled slots.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Slots(BTreeMap<String, Slot>);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Slot {
    value: String,
    kind: SlotKind,
}

impl Slots {
    /// Fills a slot, or fills it anew.
    pub fn fill(&mut self, name: &str, value: &str, kind: SlotKind) {
        if self.0.len() < MAX_SLOTS || self.0.contains_key(name) {
            let value = clip(value, MAX_VALUE_CHARS);
            self.0.insert(clip(name, MAX_VALUE_CHARS), Slot { value, kind });
        }
    }

    /// The values under these names, for a tool.
    pub fn values(&self, names: &[String]) -> BTreeMap<String, String> {
        let held = |name: &String| Some((name.clone(), self.0.get(name)?.value.clone()));
        names.iter().filter_map(held).collect()
    }

    /// The text with each `{slot}` replaced by its value; an empty slot is left out.
    pub fn put_into(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, tail)) = after.split_once('}') else { break };
            out.push_str(before);
            out.push_str(self.0.get(name).map_or("", |slot| &slot.value));
            rest = tail;
        }
        out + rest
    }

    /// The values as a human may see them: an order's number whole, free text redacted.
    pub fn redacted(&self) -> BTreeMap<String, String> {
        let seen = |slot: &Slot| match slot.kind {
            SlotKind::Order | SlotKind::Amount | SlotKind::LastFour => slot.value.clone(),
            SlotKind::Text => redact(&slot.value),
        };
        self.0.iter().map(|(name, slot)| (name.clone(), seen(slot))).collect()
    }
}

/// The value of the kind in a typed text; none where nothing in it fits, or where it tells a secret.
pub fn accept(kind: SlotKind, text: &str) -> Option<String> {
    let text: String = text.chars().map(half_width).collect();
    let text = text.trim();
    if tells_secret(text) {
        return None;
    }
    match kind {
        SlotKind::Text => (!text.is_empty()).then(|| text.to_owned()),
        SlotKind::Order => {
            let fits = |word: &&str| {
                (6..=32).contains(&word.len())
                    && word.contains(|c: char| c.is_ascii_digit())
                    && !is_card(word)
            };
            words(text, |c| c.is_ascii_alphanumeric() || c == '-').find(fits).map(str::to_owned)
        }
        SlotKind::Amount => {
            let text = text.replace(',', "");
            let word = words(&text, |c| c.is_ascii_digit() || c == '.').next()?;
            let word = word.trim_matches('.');
            let cents = word.split_once('.').map_or(0, |(_, cents)| cents.len());
            let amount: f64 = word.parse().ok()?;
            (amount > 0.0 && cents <= 2 && word.len() <= 12).then(|| word.to_owned())
        }
        SlotKind::LastFour => {
            let fits = |word: &&str| word.len() == 4;
            words(text, |c| c.is_ascii_digit()).find(fits).map(str::to_owned)
        }
    }
}

/// The longest runs of characters that belong.
fn words(text: &str, belongs: impl Fn(char) -> bool) -> impl Iterator<Item = &str> {
    text.split(move |c| !belongs(c)).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_value_in_what_was_typed() {
        use SlotKind::{Amount, LastFour, Order, Text};
        let cases: [(SlotKind, &str, Option<&str>); 18] = [
            (Text, "  在超市 ", Some("在超市")),
            (Text, "  ", None),
            (Text, "my password is hunter2", None),
            (Text, "4111 1111 1111 1111", None),
            (Order, "订单号是P20260105-0001，谢谢", Some("P20260105-0001")),
            (Order, "Ｐ２０２６０１", Some("P202601")),
            (Order, "order 12345", None),
            (Order, "I don't know", None),
            (Order, "abcdefgh", None),
            (Order, "4111111111111111", None),
            (Amount, "一共 1,280.50 元", Some("1280.50")),
            (Amount, "￥１２０", Some("120")),
            (Amount, "12.345", None),
            (Amount, "0", None),
            (Amount, "a lot", None),
            (LastFour, "尾号是 8841", Some("8841")),
            (LastFour, "88412", None),
            (LastFour, "6222020200112233", None),
        ];
        for (kind, text, expected) in cases {
            assert_eq!(accept(kind, text).as_deref(), expected, "{kind:?} {text}");
        }
    }

    #[test]
    fn puts_values_into_words_and_hides_what_nobody_should_see() {
        let mut slots = Slots::default();
        slots.fill("order", "P2026-01", SlotKind::Order);
        slots.fill("note", "ring 13800138000", SlotKind::Text);
        assert_eq!(slots.put_into("Order {order}{nothing}: {note"), "Order P2026-01: {note");
        let redacted: Vec<String> = slots.redacted().into_values().collect();
        assert_eq!(redacted, ["ring [phone]", "P2026-01"]);
    }

    #[test]
    fn keeps_no_more_than_it_may() {
        let mut slots = Slots::default();
        for name in 0..100 {
            slots.fill(&name.to_string(), &"x".repeat(1000), SlotKind::Text);
        }
        assert_eq!(slots.0.len(), MAX_SLOTS);
        assert!(slots.0.values().all(|slot| slot.value.chars().count() <= MAX_VALUE_CHARS));
        slots.fill("0", "again", SlotKind::Text);
        assert_eq!(slots.put_into("{0}"), "again");
    }
}
