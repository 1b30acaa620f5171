//! Text for the intent model: folded to one plain form, cut into n-grams, hashed into buckets.
//!
//! Why n-grams and no words: Chinese has no spaces, people mistype, and n-grams nobody has seen show
//! that a question is out of scope. The tables are small and our own, because Unicode's weigh more than
//! the model; what they do not know separates words and breaks nothing. Training and running share this
//! file, so they cannot differ.

use std::collections::BTreeMap;

/// The version of folding, n-grams and hash: a model of another version is refused.
pub const VERSION: u32 = 2;
/// N-grams are told apart by so many ids; a model that needs fewer takes them modulo a power of two.
pub const BUCKETS: u32 = 1 << 17;
/// N-grams that the model reads; a question of 100 English words has about as many.
pub const MAX_GRAMS: usize = 768;
/// Characters that are read; the rest of a longer text is dropped.
pub const MAX_CHARS: usize = 1_000;

/// The lengths of n-grams in words of letters, the marks of the word's ends included.
const LETTERS: [usize; 4] = [2, 3, 4, 5];
/// A whole word, or two, tells more than a slice of one: it counts so many times. On held-out training
/// rows that was 7 of 2,001 questions better than 1 for Banking77, and the same for CLINC150.
const WORDS: f32 = 3.0;
/// The lengths of n-grams in running Chinese.
const HAN: [usize; 3] = [1, 2, 3];

/// An n-gram's bucket and how much it weighs in the text: the root of how often it occurs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gram {
    /// Below [`BUCKETS`].
    pub id: u32,
    /// At least 1; a whole word's is higher.
    pub weight: f32,
}

/// What a character is to the n-grams.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// A letter or digit of a script with spaces between words.
    Letter,
    /// A character of a script without them.
    Han,
    /// Anything that stands between words.
    Gap,
    /// Nothing at all: it is dropped and joins its neighbours.
    Joiner,
}

/// Folds a text to its plain form: half width, lower case, no accents, one space for each run of
/// spaces, punctuation and emoji, none at the ends. The same for phrases that are compared with it.
pub fn normalise(text: &str) -> String {
    let mut plain = String::new();
    let mut gap = false;
    for c in text.chars().take(MAX_CHARS).map(fold) {
        match class(c) {
            Class::Joiner => {}
            Class::Gap => gap = true,
            Class::Letter | Class::Han => {
                if std::mem::take(&mut gap) && !plain.is_empty() {
                    plain.push(' ');
                }
                plain.push(c);
            }
        }
    }
    plain
}

/// The n-grams of a text in the order of their buckets, each bucket once; at most [`MAX_GRAMS`].
pub fn grams(text: &str) -> Vec<Gram> {
    let plain = normalise(text);
    let mut counts = Counts::default();
    let mut before: Option<&str> = None;
    for (class, run) in plain.split(' ').flat_map(runs) {
        match class {
            Class::Han => {
                slices(run, &HAN, |gram| counts.add(&["h", gram], 1.0));
                before = None;
            }
            _ => {
                counts.add(&["w", run], WORDS);
                if let Some(before) = before.replace(run) {
                    counts.add(&["w", before, " ", run], WORDS);
                }
                slices(&format!(" {run} "), &LETTERS, |gram| counts.add(&["c", gram], 1.0));
            }
        }
    }
    let gram = |(id, count): (u32, f32)| Gram { id, weight: libm::sqrtf(count) };
    counts.0.into_iter().map(gram).collect()
}

/// How often each bucket occurs. Once [`MAX_GRAMS`] buckets are taken, new ones are dropped.
#[derive(Default)]
struct Counts(BTreeMap<u32, f32>);

impl Counts {
    fn add(&mut self, parts: &[&str], times: f32) {
        let id = bucket(parts);
        if self.0.len() < MAX_GRAMS || self.0.contains_key(&id) {
            *self.0.entry(id).or_insert(0.0) += times;
        }
    }
}

/// Cuts a word without spaces where Chinese and letters meet.
fn runs(word: &str) -> impl Iterator<Item = (Class, &str)> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let first = class(rest.chars().next()?);
        let end = rest.find(|c| class(c) != first).unwrap_or(rest.len());
        let (run, tail) = rest.split_at_checked(end)?;
        rest = tail;
        Some((first, run))
    })
}

/// Calls `each` with every slice of these lengths in characters.
fn slices(run: &str, lengths: &[usize], mut each: impl FnMut(&str)) {
    let bounds: Vec<usize> = run.char_indices().map(|(i, _)| i).chain([run.len()]).collect();
    for &length in lengths {
        for (&from, &to) in bounds.iter().zip(bounds.iter().skip(length)) {
            if let Some(slice) = run.get(from..to) {
                each(slice);
            }
        }
    }
}

/// FNV-1a with the finaliser of MurmurHash3, because FNV alone mixes its low bits badly.
fn bucket(parts: &[&str]) -> u32 {
    let bytes = parts.iter().flat_map(|part| part.bytes());
    let mut h = bytes.fold(0x811c_9dc5_u32, |h, byte| (h ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    h = (h ^ (h >> 16)).wrapping_mul(0x85eb_ca6b);
    h = (h ^ (h >> 13)).wrapping_mul(0xc2b2_ae35);
    (h ^ (h >> 16)) % BUCKETS
}

/// Half width, lower case, no accent, one sort of digit: one character for one.
fn fold(c: char) -> char {
    let plain = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '①'..='⑨' => char::from_u32(u32::from(c) - 0x2460 + 0x31).unwrap_or(c),
        'À'..='ž' => unaccented(c),
        _ => c,
    };
    plain.to_ascii_lowercase()
}

/// Latin-1 and Latin Extended-A, U+00C0 to U+017E, by the letter below the accent.
fn unaccented(c: char) -> char {
    const BASE: &str = "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty\
        aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll\
        lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzz";
    let offset = u32::from(c).checked_sub(0xc0).and_then(|i| usize::try_from(i).ok());
    offset.and_then(|i| BASE.as_bytes().get(i)).map_or(c, |&b| char::from(b))
}

fn class(c: char) -> Class {
    match c {
        '0'..='9' | 'a'..='z' | 'A'..='Z' => Class::Letter,
        '\'' | '’' | '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {
            Class::Joiner
        }
        '\u{fe00}'..='\u{fe0f}' => Class::Joiner,
        '\u{180}'..='\u{1fff}' => Class::Letter,
        '々' | '〇' | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' => {
            Class::Han
        }
        '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => Class::Han,
        _ => Class::Gap,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_folded_to_one_plain_form() {
        let cases = [
            ("", ""),
            ("  Hello   World!! ", "hello world"),
            ("ＡＢＣ１２３", "abc123"),
            ("收不到验证码？？？", "收不到验证码"),
            ("卡号　不对……😭😭", "卡号 不对"),
            ("😭卡号", "卡号"),
            ("I haven’t / haven't", "i havent havent"),
            ("Café naïve ÀÉÎÕÜ ž", "cafe naive aeiou z"),
            ("cafe\u{301}", "cafe"),
            ("step①ok", "step1ok"),
            ("zero\u{200b}width\u{fe0f}", "zerowidth"),
            ("×÷", ""),
            ("Привет", "Привет"),
        ];
        for (text, plain) in cases {
            assert_eq!(normalise(text), plain, "{text:?}");
            assert_eq!(normalise(&normalise(text)), plain, "twice: {text:?}");
        }
    }

    #[test]
    fn every_accented_letter_has_a_plain_one() {
        for c in '\u{c0}'..='\u{17e}' {
            let plain = fold(c);
            assert!(plain.is_ascii_lowercase() || matches!(c, '×' | '÷'), "{c} became {plain}");
        }
        for (c, plain) in [
            ('Ā', 'a'),
            ('ĉ', 'c'),
            ('Đ', 'd'),
            ('ġ', 'g'),
            ('ł', 'l'),
            ('ň', 'n'),
            ('ő', 'o'),
            ('Ş', 's'),
            ('ů', 'u'),
            ('Ź', 'z'),
        ] {
            assert_eq!(fold(c), plain, "{c}");
        }
    }

    #[test]
    fn chinese_and_english_are_cut_in_their_own_ways() {
        let count = |text: &str| grams(text).len();
        assert_eq!(count("验证码"), 6, "three single characters, two pairs, one triple");
        assert_eq!(count("pay"), 11, "the word; ` pay ` in 4 pairs, 3 triples, 2 fours and 1 five");
        assert_eq!(count("验证pay"), 3 + 11, "they do not mix");
        assert_eq!(count("pay PAY"), 11 + 1, "the same word again, and the pair");
        let heaviest = |text: &str| grams(text).iter().map(|g| g.weight).fold(0.0, f32::max);
        assert!(heaviest("pay pay") > heaviest("pay"), "what occurs twice weighs more");
    }

    #[test]
    fn buckets_are_the_same_for_ever() {
        let ids = |text: &str| grams(text).iter().map(|g| g.id).collect::<Vec<_>>();
        assert_eq!(ids("我"), [22410]);
        assert_eq!(ids("a"), [20796, 50288, 92057, 104508]);
    }

    #[test]
    fn a_long_text_is_cut() {
        let long: String = (0..5_000).map(|i| char::from_u32(0x4e00 + i * 3).unwrap_or('一')).collect();
        assert_eq!(grams(&long).len(), MAX_GRAMS);
        assert_eq!(normalise(&long).chars().count(), MAX_CHARS);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in ".{0,400}") {
            let plain = normalise(&text);
            proptest::prop_assert_eq!(&normalise(&plain), &plain);
            let grams = grams(&text);
            proptest::prop_assert!(grams.len() <= MAX_GRAMS);
            proptest::prop_assert!(grams.windows(2).all(|pair| pair[0].id < pair[1].id));
            proptest::prop_assert!(grams.iter().all(|gram| gram.id < BUCKETS && gram.weight >= 1.0));
            proptest::prop_assert_eq!(grams.is_empty(), plain.is_empty());
        }
    }
}
