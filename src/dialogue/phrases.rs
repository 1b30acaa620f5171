//! Phrases, compared after normalisation: where one is found, and which of several labels is meant.

use crate::{model::text, playbook::Language};

/// The plain form of [`text::normalise`], but without the gaps beside Chinese: whether people part
/// `转 人工` tells nothing.
pub fn normalise(text: &str) -> String {
    let plain = text::normalise(text);
    let mut out = String::with_capacity(plain.len());
    for word in plain.split(' ') {
        let joins = word.chars().next().is_none_or(is_han) || out.chars().next_back().is_none_or(is_han);
        if !joins {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The ASCII form of a full-width character; any other as it is.
pub fn half_width(character: char) -> char {
    match character {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
        _ => character,
    }
}

/// Whether it is a Chinese character.
pub fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}')
}

/// Where a normalised phrase begins in a normalised text: at a word's edge, or anywhere in Chinese.
pub fn find(text: &str, phrase: &str) -> Option<usize> {
    if phrase.is_empty() {
        return None;
    }
    text.match_indices(phrase).map(|(at, _)| at).find(|&at| {
        let before = text.get(..at).and_then(|s| s.chars().next_back());
        let after = text.get(at + phrase.len()..).and_then(|s| s.chars().next());
        edge(before, phrase.chars().next()) && edge(phrase.chars().next_back(), after)
    })
}

/// Whether a word may end between the two.
pub fn edge(left: Option<char>, right: Option<char>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => left == ' ' || right == ' ' || is_han(left) || is_han(right),
        _ => true,
    }
}

const ORDINALS: &[&[&str]] = &[
    &["1", "一", "第一个", "第1个", "first", "the first", "the first one"],
    &["2", "二", "第二个", "第2个", "second", "the second", "the second one"],
    &["3", "三", "第三个", "第3个", "third", "the third", "the third one"],
    &["4", "四", "第四个", "第4个", "fourth", "the fourth", "the fourth one"],
];

/// The label that the whole text is.
pub fn named(text: &str, labels: &[&str]) -> Option<usize> {
    let text = normalise(text);
    labels.iter().position(|label| !text.is_empty() && normalise(label) == text)
}

/// Which of the labels the text picks: by its words, by the words that only it contains, or by its number.
pub fn pick(text: &str, labels: &[&str]) -> Option<usize> {
    let text = normalise(text);
    let labels: Vec<String> = labels.iter().map(|label| normalise(label)).collect();
    if text.is_empty() {
        return None;
    }
    labels
        .iter()
        .position(|label| *label == text)
        .or_else(|| only(labels.iter().map(|label| find(&text, label).is_some())))
        .or_else(|| only(labels.iter().map(|label| find(label, &text).is_some() && is_specific(&text))))
        .or_else(|| {
            let number = ORDINALS.iter().position(|words| words.contains(&text.as_str()));
            number.filter(|&number| number < labels.len())
        })
}

/// The position of the only one that holds.
fn only(holds: impl Iterator<Item = bool>) -> Option<usize> {
    let mut held = holds.enumerate().filter(|(_, holds)| *holds).map(|(at, _)| at);
    match (held.next(), held.next()) {
        (Some(at), None) => Some(at),
        _ => None,
    }
}

/// Whether a part of a label is long enough to mean it: a word of four letters, two characters.
fn is_specific(text: &str) -> bool {
    let han = text.chars().filter(|c| is_han(*c)).count();
    han >= 2 || text.chars().count() >= 4
}

/// The language of a text, by its script; none where there is too little to tell, such as `OTP`.
pub fn language_of(text: &str) -> Option<Language> {
    let words = text.split_whitespace().filter(|word| word.chars().any(|c| c.is_ascii_alphabetic()));
    if text.chars().any(is_han) { Some(Language::Zh) } else { (words.count() >= 3).then_some(Language::En) }
}
