//! What must be heard whatever a model says: escalations, asking for a human, anger, small talk.

use super::{
    phrases::{edge, find, normalise},
    wording::{self, Sentence},
};
use crate::playbook::{Escalation, Intent, Playbook};

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
/// What turns it round, before it.
const NOT: &[&str] =
    &["不要", "不用", "不想", "别", "不需要", "不必", "dont", "do not", "no need", "without", "rather not"];
/// What may stand between that and the phrase.
const BETWEEN: &[&str] = &[
    "给", "我", "帮", "再", "去", "叫", "转", "找", "want", "wanna", "need", "to", "get", "give", "me", "a",
    "transfer", "connect", "put", "through", "with", "any", "the", "please", "have",
];

/// Whether the text asks for a human.
pub fn asks_for_human(text: &str) -> bool {
    let text = normalise(text);
    HUMAN_ALONE.contains(&text.as_str())
        || HUMAN.iter().any(|phrase| find(&text, phrase).is_some_and(|at| !negated(&text, at)))
}

/// Whether the words just before `at` turn what follows round. Nothing but a few small words may stand
/// between: "it does not work, I need a human" asks for one.
fn negated(text: &str, at: usize) -> bool {
    let mut before = text.get(..at).unwrap_or_default().trim_end();
    loop {
        if NOT.iter().any(|word| without_last(before, word).is_some()) {
            return true;
        }
        match BETWEEN.iter().find_map(|word| without_last(before, word)) {
            Some(shorter) => before = shorter,
            None => return false,
        }
    }
}

/// The text without this last word; none where it ends in another.
fn without_last<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let before = text.strip_suffix(word)?;
    edge(before.chars().next_back(), word.chars().next()).then(|| before.trim_end())
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
