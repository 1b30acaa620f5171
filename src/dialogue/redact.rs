//! Takes out of a text what no agent needs to see: card, ID and phone numbers, mail addresses,
//! passwords and codes. Rather too much than too little.

use super::phrases::half_width;

/// The text with each secret replaced by what it was, in brackets.
pub fn redact(text: &str) -> String {
    let characters: Vec<char> = text.chars().map(fold).collect();
    if let Some(code) = lone_code(&characters) {
        return code;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = characters.as_slice();
    let mut before: Option<char> = None;
    while let Some((&first, tail)) = rest.split_first() {
        let found = secret_after_keyword(rest, before)
            .or_else(|| email(rest, before))
            .or_else(|| number(rest, before));
        let (length, replacement) = found.unwrap_or_else(|| (1, first.to_string()));
        out.push_str(&replacement);
        before = rest.get(length.saturating_sub(1)).copied();
        rest = rest.get(length..).unwrap_or(tail);
    }
    out
}

/// Whether the text tells a password, a code or a card's number: no flow asks for one.
pub fn tells_secret(text: &str) -> bool {
    redact(text).contains("[secret]") || is_card(text)
}

/// Full-width letters, digits and `＠` as ASCII; Chinese punctuation stays.
fn fold(character: char) -> char {
    let half = half_width(character);
    if half.is_ascii_alphanumeric() || half == '@' { half } else { character }
}

/// Four to eight digits and nothing else: a code that was sent, or a PIN.
fn lone_code(characters: &[char]) -> Option<String> {
    let digits = characters.iter().filter(|c| c.is_ascii_digit()).count();
    let others = characters.iter().filter(|c| !c.is_ascii_digit() && !c.is_whitespace()).count();
    ((4..=8).contains(&digits) && others == 0).then(|| "[code]".to_owned())
}

/// Words that a secret follows.
const KEYWORDS: &[&str] = &[
    "password",
    "passcode",
    "passwd",
    "pwd",
    "pin",
    "cvv",
    "cvc",
    "otp",
    "code",
    "密码",
    "验证码",
    "校验码",
    "口令",
    "安全码",
    "动态码",
];
/// Between the word and the secret.
const LINKS: &[&str] = &[" is ", " was ", "是", "为", "：", ":", "=", " "];
/// Words after "password is" that are not it.
const NOT_SECRETS: &[&str] = &[
    "a",
    "an",
    "the",
    "not",
    "wrong",
    "incorrect",
    "correct",
    "right",
    "invalid",
    "expired",
    "too",
    "never",
    "still",
    "being",
    "rejected",
    "refused",
    "missing",
    "required",
    "always",
    "also",
    "my",
    "ok",
    "valid",
];

/// A keyword, what links it, and the secret: the length of it all and what stays.
fn secret_after_keyword(rest: &[char], before: Option<char>) -> Option<(usize, String)> {
    let keyword = KEYWORDS.iter().find(|word| starts_with(rest, word))?;
    if before.is_some_and(|c| c.is_ascii_alphabetic()) && keyword.is_ascii() {
        return None;
    }
    let mut at = keyword.chars().count();
    let mut linked = false;
    while let Some(link) = LINKS.iter().find(|link| starts_with(rest.get(at..).unwrap_or(&[]), link)) {
        linked |= *link != " ";
        at += link.chars().count();
    }
    let secret: String = rest.get(at..)?.iter().take_while(|c| is_secret(**c)).collect();
    let digits = secret.chars().filter(char::is_ascii_digit).count();
    let named = linked && *keyword != "code" && !NOT_SECRETS.contains(&secret.to_lowercase().as_str());
    if secret.is_empty() || !(named || digits >= 3 && (linked || digits >= 4)) {
        return None;
    }
    let kept: String = rest.iter().take(at).collect();
    Some((at + secret.chars().count(), kept + "[secret]"))
}

/// Whether it can be part of a password: printable ASCII that does not end a sentence.
fn is_secret(character: char) -> bool {
    character.is_ascii_graphic() && !matches!(character, ',' | ';')
}

fn starts_with(rest: &[char], word: &str) -> bool {
    let mut rest = rest.iter();
    word.chars().all(|w| rest.next().is_some_and(|c| c.to_ascii_lowercase() == w))
}

/// A mail address that begins here.
fn email(rest: &[char], before: Option<char>) -> Option<(usize, String)> {
    let part = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%');
    if before.as_ref().is_some_and(part) {
        return None;
    }
    let name = rest.iter().take_while(|c| part(c)).count();
    let host: Vec<char> = match rest.get(name) {
        Some('@') if name > 0 => rest.iter().skip(name + 1).take_while(|c| part(c)).copied().collect(),
        _ => return None,
    };
    let host_length = host.iter().rposition(|c| c.is_ascii_alphanumeric()).map_or(0, |last| last + 1);
    host.iter().take(host_length).any(|c| *c == '.').then(|| (name + 1 + host_length, "[email]".to_owned()))
}

/// A number that begins here and names a person or an account.
fn number(rest: &[char], before: Option<char>) -> Option<(usize, String)> {
    let plus = rest.first() == Some(&'+');
    let run = Run::read(rest)?;
    let glued = before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '.');
    let label = run.label(plus)?;
    // Letters before the digits make an order number of them, unless they are a card's after all.
    if glued && !(label == "[card]" && luhn(&run.digits)) {
        return None;
    }
    Some((run.length, label.to_owned()))
}

/// A run of digits with single separators between them.
struct Run {
    digits: Vec<u32>,
    /// The digits of each group, in order.
    groups: Vec<usize>,
    /// An `X` ends it, as in Chinese ID numbers.
    x: bool,
    /// Characters, separators included.
    length: usize,
}

impl Run {
    fn read(rest: &[char]) -> Option<Self> {
        let start = rest.iter().take(2).position(|c| c.is_ascii_digit())?;
        if start == 1 && !matches!(rest.first(), Some('+' | '(')) {
            return None;
        }
        let mut run = Self { digits: Vec::new(), groups: vec![0], x: false, length: start };
        let mut parted = 0;
        for (at, character) in rest.iter().enumerate().skip(start) {
            match (character, character.to_digit(10)) {
                (_, Some(digit)) => {
                    if parted > 0 {
                        run.groups.push(0);
                    }
                    parted = 0;
                    run.digits.push(digit);
                    if let Some(group) = run.groups.last_mut() {
                        *group += 1;
                    }
                    run.length = at + 1;
                }
                (' ' | '-' | '(' | ')', None) if parted < 2 => parted += 1,
                ('x' | 'X', None) if parted == 0 && run.digits.len() == 17 => {
                    run.x = true;
                    run.length = at + 1;
                    break;
                }
                _ => break,
            }
        }
        Some(run)
    }

    /// What it is; none where it may stay.
    fn label(&self, plus: bool) -> Option<&'static str> {
        let mobile =
            |at: usize| self.digits.get(at) == Some(&1) && self.digits.get(at + 1).is_some_and(|d| *d >= 3);
        match self.digits.len() {
            _ if self.is_date() => None,
            17 if self.x => Some("[id]"),
            18 if self.looks_like_id() => Some("[id]"),
            7..=15 if plus => Some("[phone]"),
            11 if mobile(0) => Some("[phone]"),
            13 if self.digits.starts_with(&[8, 6]) && mobile(2) => Some("[phone]"),
            13..=19 => Some("[card]"),
            7..=12 if self.groups.len() > 1 => Some("[phone]"),
            9..=12 => Some("[number]"),
            _ => None,
        }
    }

    /// `2026-01-05`, and what may follow it.
    fn is_date(&self) -> bool {
        let century = matches!(self.digits.as_slice(), [1, 9, ..] | [2, 0, ..]);
        let short = |at: usize| self.groups.get(at).is_some_and(|group| (1..=2).contains(group));
        century && self.groups.first() == Some(&4) && short(1) && short(2)
    }

    /// Eighteen digits with a date of birth in the middle: a Chinese ID number.
    fn looks_like_id(&self) -> bool {
        matches!(self.digits.get(6..8), Some([1, 9] | [2, 0])) && !luhn(&self.digits)
    }
}

/// Whether the whole text is a card number by its length and its check digit.
pub fn is_card(text: &str) -> bool {
    let parted = |c: &char| !matches!(c, ' ' | '-');
    let digits: Option<Vec<u32>> = text.chars().filter(parted).map(|c| c.to_digit(10)).collect();
    digits.is_some_and(|digits| (13..=19).contains(&digits.len()) && luhn(&digits))
}

/// The check digit of card numbers.
fn luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| match (at % 2, digit * 2) {
            (0, _) => *digit,
            (_, twice) if twice > 9 => twice - 9,
            (_, twice) => twice,
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_out_what_names_a_person_or_an_account() {
        let cases = [
            ("my card 4111 1111 1111 1111 was refused", "my card [card] was refused"),
            ("卡号6222020200112233445绑不上", "卡号[card]绑不上"),
            ("６２２２０２０２００１１２２３３", "[card]"),
            ("身份证11010519491231002X不对", "身份证[id]不对"),
            ("身份证110105194912310021不对", "身份证[id]不对"),
            ("打13800138000找我", "打[phone]找我"),
            ("call +1 (415) 555-0134 please", "call [phone] please"),
            ("或者 010-12345678", "或者 [phone]"),
            ("+86 138 0013 8000", "[phone]"),
            ("mail me: li.lei+pay@example.com.", "mail me: [email]."),
            ("邮箱lilei@example.com收不到", "邮箱[email]收不到"),
            ("my password is hunter2", "my password is [secret]"),
            ("密码是abcdef，登不上", "密码是[secret]，登不上"),
            ("验证码：284913 没用", "验证码：[secret] 没用"),
            ("code 284913 does not work", "code [secret] does not work"),
            ("the cvv is 123", "the cvv is [secret]"),
            ("284913", "[code]"),
            ("account 0123456789", "account [number]"),
        ];
        for (text, expected) in cases {
            assert_eq!(redact(text), expected, "{text}");
        }
    }

    #[test]
    fn leaves_what_the_agent_needs() {
        let cases = [
            "I paid 1200.50 yesterday",
            "on 2026-01-05 12:30 it failed",
            "订单 P20260105001122 没到账",
            "error code 404 again",
            "my password is wrong",
            "password reset does not work",
            "我没收到验证码",
            "验证码收不到，试了3次",
            "the pin is not accepted",
            "尾号1234的卡",
            "you@work",
        ];
        for text in cases {
            assert_eq!(redact(text), text);
        }
    }

    #[test]
    fn a_card_number_glued_to_letters_is_still_one() {
        assert_eq!(redact("card4111111111111111"), "card[card]");
    }
}
