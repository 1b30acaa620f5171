//! Adding a bank card: the number, then the person, then a code.

use axum::Json;
use serde::{Deserialize, Serialize};

use super::{
    error::{Answer, Body, declined},
    seed::{Card, this_year},
    session::{CARDS, Mine},
};

/// Digits of a card number, inclusive.
const DIGITS: std::ops::RangeInclusive<usize> = 16..=19;
/// How many years a card may still be good for.
const YEARS: u64 = 20;
/// The weights and check letters of GB 11643, the standard of Chinese identity numbers.
const ID_WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const ID_CHECKS: &[u8; 11] = b"10X98765432";

pub async fn list(Mine(wallet): Mine) -> Json<Vec<Card>> {
    Json(wallet.account().cards.clone())
}

#[derive(Deserialize)]
pub struct Number {
    number: String,
}

#[derive(Debug, Serialize)]
pub struct Known {
    bank: &'static str,
}

pub async fn check(Mine(wallet): Mine, Body(Number { number }): Body<Number>) -> Answer<Known> {
    let digits: Vec<u32> = number.chars().filter_map(|c| c.to_digit(10)).collect();
    if !DIGITS.contains(&digits.len()) {
        let detail = format!("a card number has {DIGITS:?} digits; this one has {}", digits.len());
        return Err(declined("card_number_short", detail));
    }
    if !luhn(&digits) {
        return Err(declined("card_number_invalid", "the check digit does not fit: a digit is mistyped"));
    }
    if wallet.trouble().card_rejected {
        return Err(declined("card_not_supported", "the bank does not allow this card here"));
    }
    let mut account = wallet.account();
    if account.cards.len() >= CARDS {
        return Err(declined("too_many_cards", format!("a wallet holds {CARDS} cards")));
    }
    let bank = bank_of(&digits);
    let last_four = digits.iter().skip(digits.len() - 4).filter_map(|d| char::from_digit(*d, 10)).collect();
    account.pending_card = Some(Card { id: (account.cards.len() + 1).to_string(), bank, last_four });
    Ok(Json(Known { bank }))
}

fn luhn(digits: &[u32]) -> bool {
    let doubled = |d: u32| if d > 4 { 2 * d - 9 } else { 2 * d };
    let sum: u32 =
        digits.iter().rev().enumerate().map(|(i, d)| if i % 2 == 1 { doubled(*d) } else { *d }).sum();
    sum.is_multiple_of(10)
}

fn bank_of(digits: &[u32]) -> &'static str {
    match digits {
        [6, 2, 1, 7, ..] => "ccb",
        [6, 2, 2, 8, ..] => "abc",
        [6, 2, 2, 5 | 6, ..] => "cmb",
        [6, 2, ..] => "icbc",
        [4, ..] => "visa",
        _ => "boc",
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    holder: String,
    id_number: String,
    /// `MM/YY`.
    expiry: String,
    phone: String,
}

#[derive(Debug, Serialize)]
pub struct Bound {
    last_four: String,
}

/// Checks the person; the card is added once the code is verified.
pub async fn bind(Mine(wallet): Mine, Body(person): Body<Person>) -> Answer<Bound> {
    let last_four = match &wallet.account().pending_card {
        Some(card) => card.last_four.clone(),
        None => return Err(declined("no_card", "give the card's number first")),
    };
    if person.holder.trim().chars().count() < 2 {
        return Err(declined("holder_invalid", "the holder's name is missing"));
    }
    if wallet.trouble().id_rejected || !id_number(&person.id_number) {
        return Err(declined("id_invalid", "the ID number does not match the bank's record"));
    }
    if !expiry(&person.expiry, this_year()) {
        return Err(declined("expiry_past", "the expiry date is no future month written MM/YY"));
    }
    let digits = person.phone.chars().filter(char::is_ascii_digit).count();
    if wallet.trouble().unclear_word || digits != 11 {
        return Err(declined("phone_not_reserved", "the bank has another phone number for this card"));
    }
    Ok(Json(Bound { last_four }))
}

fn id_number(number: &str) -> bool {
    let number = number.trim().to_ascii_uppercase();
    let Some((&last, first)) = number.as_bytes().split_last() else { return false };
    if first.len() != ID_WEIGHTS.len() || !first.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let sum: u32 = first.iter().zip(ID_WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    ID_CHECKS.get((sum % 11) as usize) == Some(&last)
}

/// `MM/YY`, in this year or one of the next [`YEARS`].
fn expiry(expiry: &str, year: u64) -> bool {
    let Some((month, short)) = expiry.split_once('/') else { return false };
    let month = month.parse::<u64>().is_ok_and(|m| (1..=12).contains(&m));
    month && short.parse::<u64>().is_ok_and(|y| (year..=year + YEARS).contains(&(2_000 + y)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_checked_by_their_check_digit() {
        let cases = [
            ("6222020200112233440", false),
            ("4111111111111111", true),
            ("4111111111111112", false),
            ("6222020200112233446", true),
            ("6217001210024567891", true),
        ];
        for (number, right) in cases {
            let digits: Vec<u32> = number.chars().filter_map(|c| c.to_digit(10)).collect();
            assert_eq!(luhn(&digits), right, "{number}");
        }
    }

    #[test]
    fn identity_numbers_take_either_x() {
        let cases = [
            ("11010519491231002X", true),
            ("11010519491231002x", true),
            ("440524188001010014", true),
            ("440524188001010015", false),
            ("12345", false),
            ("", false),
            ("1101051949123100２X", false),
        ];
        for (number, right) in cases {
            assert_eq!(id_number(number), right, "{number}");
        }
    }

    #[test]
    fn expiry_is_a_future_month() {
        let cases = [
            ("09/29", true),
            ("01/26", true),
            ("13/29", false),
            ("09/20", false),
            ("0929", false),
            ("/", false),
        ];
        for (text, right) in cases {
            assert_eq!(expiry(text, 2026), right, "{text}");
        }
    }
}
