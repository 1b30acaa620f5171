//! Set phrases, compared after normalisation: what must be heard whatever a model says.

use super::wording::{self, Sentence};
use crate::playbook::{Escalation, Intent, Language, Playbook};

/// Lower case, half width, words parted by single spaces; Chinese characters stand alone without any.
pub fn normalise(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for character in text.chars().map(half_width) {
        if character.is_alphanumeric() {
            let joins_han = is_han(character) || out.chars().next_back().is_some_and(is_han);
            if gap && !out.is_empty() && !joins_han {
                out.push(' ');
            }
            gap = false;
            out.extend(character.to_lowercase());
        } else if character != '\'' && character != '’' {
            gap = true;
        }
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
fn find(text: &str, phrase: &str) -> Option<usize> {
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
fn edge(left: Option<char>, right: Option<char>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => left == ' ' || right == ' ' || is_han(left) || is_han(right),
        _ => true,
    }
}

/// The first escalation with a phrase in the text, in whichever language it is.
pub fn escalation<'a>(playbook: &'a Playbook, text: &str) -> Option<&'a Escalation> {
    let text = normalise(text);
    playbook
        .escalations
        .iter()
        .find(|rule| rule.phrases.values().flatten().any(|phrase| find(&text, &normalise(phrase)).is_some()))
}

/// The intent that has the whole text among its questions.
pub fn intent<'a>(playbook: &'a Playbook, text: &str) -> Option<&'a Intent> {
    let text = normalise(text);
    playbook
        .intents
        .iter()
        .find(|intent| intent.questions.values().flatten().any(|question| normalise(question) == text))
}

/// Asking for a human inside a sentence.
const HUMAN: &[&str] = &[
    "转人工",
    "人工客服",
    "人工服务",
    "找人工",
    "接人工",
    "要人工",
    "叫人工",
    "真人客服",
    "找真人",
    "和真人",
    "跟真人",
    "找客服",
    "转客服",
    "叫客服",
    "联系客服",
    "客服电话",
    "talk to a human",
    "talk to a person",
    "talk to someone",
    "speak to a human",
    "speak to a person",
    "speak to someone",
    "speak with a human",
    "speak with someone",
    "talk with a human",
    "chat with a human",
    "real person",
    "real human",
    "human agent",
    "live agent",
    "live person",
    "customer service",
    "customer support",
    "an agent",
    "get me a human",
    "want a human",
    "need a human",
    "representative",
];
/// Asking for a human when it is all that is said.
const HUMAN_ALONE: &[&str] =
    &["人工", "客服", "真人", "human", "agent", "operator", "person", "a human", "human please"];
/// Words before it that turn it round.
const NOT: &[&str] =
    &["不要", "不用", "不想", "别", "不需要", "dont", "do not", "not", "no need", "without", "never"];
/// How far before a phrase, in characters, a word that turns it round is looked for.
const NOT_REACH: usize = 24;

/// Whether the text asks for a human.
pub fn asks_for_human(text: &str) -> bool {
    let text = normalise(text);
    HUMAN_ALONE.contains(&text.as_str())
        || HUMAN.iter().any(|phrase| find(&text, phrase).is_some_and(|at| !negated(&text, at)))
}

/// Whether a word just before `at` turns what follows round.
fn negated(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let skip = before.chars().count().saturating_sub(NOT_REACH);
    let near: String = before.chars().skip(skip).collect();
    NOT.iter().any(|word| find(&near, word).is_some())
}

/// Angry words. They are not answered with feelings, but with a human at once.
const UPSET: &[&str] = &[
    "垃圾",
    "什么破",
    "破软件",
    "破系统",
    "气死",
    "烦死",
    "坑人",
    "骗子",
    "投诉",
    "没用",
    "有病",
    "滚",
    "答非所问",
    "听不懂人话",
    "废物",
    "无语",
    "useless",
    "ridiculous",
    "terrible",
    "garbage",
    "rubbish",
    "wtf",
    "bullshit",
    "fuck",
    "fucking",
    "shit",
    "stupid",
    "scam",
    "fed up",
    "sick of",
    "complaint",
    "unacceptable",
    "piece of crap",
    "worst app",
];

/// Whether the words are angry: an angry word, or three marks of shouting in a row.
pub fn upset(text: &str) -> bool {
    let shouted = ["!!!", "！！！", "???", "？？？"].iter().any(|marks| text.contains(marks));
    let text = normalise(text);
    shouted || UPSET.iter().any(|word| find(&text, word).is_some())
}

/// Small talk, and what is said to it.
const SMALL_TALK: &[(Sentence, &[&str])] = &[
    (
        wording::HELLO,
        &[
            "你好",
            "您好",
            "在吗",
            "在么",
            "有人吗",
            "嗨",
            "哈喽",
            "hi",
            "hello",
            "hey",
            "hi there",
            "good morning",
            "good evening",
        ],
    ),
    (
        wording::WELCOME,
        &[
            "谢谢",
            "多谢",
            "谢了",
            "谢谢你",
            "谢谢您",
            "感谢",
            "好的谢谢",
            "thanks",
            "thank you",
            "thx",
            "cheers",
            "ok thanks",
            "great thanks",
            "thanks a lot",
        ],
    ),
    (wording::BYE, &["再见", "拜拜", "bye", "goodbye", "see you"]),
    (
        wording::A_BOT,
        &[
            "你是机器人吗",
            "你是真人吗",
            "你是人吗",
            "你是谁",
            "是机器人吗",
            "are you a bot",
            "are you a robot",
            "are you human",
            "are you a real person",
            "who are you",
            "is this a bot",
        ],
    ),
];

/// What is said to small talk; none where the text says more.
pub fn small_talk(text: &str) -> Option<Sentence> {
    let text = normalise(text);
    let text = text.strip_suffix(['啊', '呀', '哦', '了', '啦']).unwrap_or(&text);
    SMALL_TALK.iter().find(|(_, phrases)| phrases.contains(&text)).map(|(reply, _)| *reply)
}

const YES: &[&str] = &[
    "是",
    "是的",
    "好",
    "好的",
    "可以",
    "行",
    "对",
    "嗯",
    "要",
    "继续",
    "yes",
    "y",
    "yeah",
    "yep",
    "ok",
    "okay",
    "sure",
    "go ahead",
    "please do",
];
const NO: &[&str] = &[
    "不",
    "不是",
    "不用",
    "不要",
    "不行",
    "不对",
    "没有",
    "还没有",
    "还没",
    "算了",
    "先不用",
    "no",
    "n",
    "nope",
    "not now",
    "no thanks",
    "not yet",
];

/// Yes or no, where the whole text is just that.
pub fn yes_or_no(text: &str) -> Option<bool> {
    let text = normalise(text);
    match text.as_str() {
        text if YES.contains(&text) => Some(true),
        text if NO.contains(&text) => Some(false),
        _ => None,
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
