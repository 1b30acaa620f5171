//! What people say to the bot, and how they follow what it proposes.

use serde_json::json;

use super::desk::answer_desk;
use crate::visit::Visit;

const QUESTIONS: [[&str; 2]; 13] = [
    ["收不到验证码", "the text message never came"],
    ["卡号输进去说不对", "my card number is not accepted"],
    ["支持哪些银行的卡", "which banks are supported"],
    ["找不到商家", "the store is not in the list"],
    ["付款一直不成功", "paying keeps failing"],
    ["为什么不行", "why does it not work"],
    ["卡的问题", "a problem with the card"],
    ["你好", "hi there"],
    ["谢谢", "thanks a lot"],
    ["明天天气怎么样", "what is the weather tomorrow"],
    ["再见", "bye"],
    ["短信 付款 失败 商家", "the code for the card is useless"],
    ["短信和付款都不行", "neither the text nor the payment works"],
];

/// What a model, a redaction and a cap must survive.
const STRANGE: [&str; 18] = [
    "收不到验证码😭😭😭",
    "ｍｙ ｃａｒｄ ｎｕｍｂｅｒ ｉｓ ｎｏｔ ａｃｃｅｐｔｅｄ",
    "👨‍👩‍👧‍👦 cannot pay 🏦💳",
    "𠮷野家付唔到錢",
    "CAFÉ pay\u{301}ment  FAILED",
    "الدفع لا يعمل",
    "",
    "   ",
    "……？？？",
    "1234567890",
    "我的卡号是 6222 0212 3456 7890 123，手机 13912345678",
    "code 482913, mail a.b@example.com, card 4111 1111 1111 1111",
    "验证码\u{200b}收\u{200b}不\u{200b}到",
    "PAYMENT FAILED!!! WHY???",
    "🇨🇳🇨🇳🇨🇳",
    "没收到验证码 did not get the code",
    "\u{1f600}\u{1f3fd}\u{20e3}",
    "转账 ¥１，２３４．５０ 失败",
];

fn word<'t>(visit: &Visit, pair: &[&'t str; 2]) -> &'t str {
    pair[usize::from(!visit.zh)]
}

pub fn asks(visit: &mut Visit) {
    visit.after(900, json!({ "input": "chat", "open": true }));
    for _ in 0..visit.dice.between(2, 6) {
        let question = *visit.dice.one(&QUESTIONS);
        let text = word(visit, &question).to_owned();
        visit.says(visit.pause(), &text);
        if visit.dice.percent(60) {
            follow(visit);
        }
    }
    visit.after(900, json!({ "input": "chat", "open": false }));
}

/// Angry words alone, and with a question that is clear or not.
pub fn is_angry(visit: &mut Visit) {
    for _ in 0..visit.dice.between(2, 5) {
        let question = *visit.dice.one(&QUESTIONS);
        let anger = *visit.dice.one(&[["！！！", "???"], ["，什么破系统", ", this is useless"]]);
        let text = format!("{}{}", word(visit, &question), word(visit, &anger));
        visit.says(visit.pause(), &text);
        answer_desk(visit);
    }
    // In scope, and of no clear meaning.
    visit.says(3_000, "短信 付款 失败 商家 没用");
    answer_desk(visit);
    let alone = word(visit, &["垃圾，气死了", "worst app, I am fed up"]).to_owned();
    visit.says(4_000, &alone);
    follow(visit);
}

pub fn types_strangely(visit: &mut Visit) {
    for _ in 0..visit.dice.between(2, 6) {
        let text = *visit.dice.one(&STRANGE);
        visit.says(visit.pause(), text);
        if visit.dice.percent(20) {
            let language = *visit.dice.one(&["zh", "en"]);
            visit.after(500, json!({ "input": "language", "language": language }));
        }
    }
    follow(visit);
}

pub fn flow_of_the_code(visit: &mut Visit) {
    visit.goes(60, "/cards/verify");
    let text = word(visit, &["收不到验证码", "I did not get the code"]).to_owned();
    visit.says(5_000, &text);
    follow(visit);
}

pub fn flow_of_the_payment(visit: &mut Visit) {
    visit.goes(60, "/pay/:id");
    let text = word(visit, &["付款失败了", "my payment failed"]).to_owned();
    visit.says(5_000, &text);
    follow(visit);
}

pub fn guides(visit: &mut Visit) {
    visit.goes(60, "/pay");
    let question = *visit.dice.one(&[QUESTIONS[3], QUESTIONS[1]]);
    let text = word(visit, &question).to_owned();
    visit.says(4_000, &text);
    let way = *visit.dice.one(&["guide:guide.number", "guide:guide.find", "start:flow.payment"]);
    visit.chooses(2_000, way);
    follow(visit);
    let helped = *visit.dice.one(&["helped:yes", "helped:no"]);
    visit.chooses(2_000, helped);
    follow(visit);
}

/// Goes along with the bot, mostly: runs its tools, walks its guides, picks its buttons.
pub fn follow(visit: &mut Visit) {
    for _ in 0..visit.dice.between(2, 9) {
        if let Some((key, tool)) = visit.tool.take() {
            end_tool(visit, &key, &tool);
        } else if let Some(guide) = visit.guide.take() {
            end_guide(visit, &guide);
        } else if visit.choices.iter().any(|id| id.starts_with("handoff:")) {
            return answer_desk(visit);
        } else if !visit.choices.is_empty() && visit.dice.percent(75) {
            let id = visit.dice.one(&visit.choices).clone();
            visit.choices.clear();
            visit.chooses(visit.pause(), &id);
        } else {
            speak_up(visit);
        }
    }
}

fn end_tool(visit: &mut Visit, key: &str, tool: &str) {
    let outcomes =
        if tool == "resend_code" { ["sent", "sent", "failed"] } else { ["paid", "unpaid", "failed"] };
    let outcome = *visit.dice.one(&outcomes);
    let ended =
        json!({ "input": "tool", "key": key, "outcome": outcome, "values": { "amount": "１２.50 元 😀" } });
    match visit.dice.between(0, 10) {
        // Never, and then too late.
        0 | 1 => {
            visit.waits(20_000);
            visit.after(20_000, ended);
        }
        // Asked about meanwhile, then twice.
        2 => {
            visit.says(1_000, "?");
            visit.after(1_000, ended.clone());
            visit.after(10, ended);
        }
        3 => visit.after(800, json!({ "input": "tool", "key": key, "outcome": "teapot" })),
        _ => visit.after(800, ended),
    }
}

fn end_guide(visit: &mut Visit, guide: &str) {
    let (outcome, why) = *visit.dice.one(&[
        ("done", ""),
        ("left", ""),
        ("skipped", "target_missing"),
        ("skipped", "target_hidden"),
    ]);
    visit.after(6_000, json!({ "input": "guide", "guide": guide, "outcome": outcome, "why": why }));
}

/// A value, a wrong value, a yes, another question, or a wish for a human.
fn speak_up(visit: &mut Visit) {
    let texts: &[[&str; 2]] = &[
        ["ORDER-20251123", "ORDER-20251123"],
        ["订单号是 ＯＲＤ－９９８８７７", "it is ORD-998877"],
        ["不知道", "no idea"],
        ["是的", "yes"],
        ["不用", "no thanks"],
        ["支持哪些银行的卡", "which banks are supported"],
        ["你是机器人吗", "are you a bot"],
        ["今天股市怎么样", "how is the stock market today"],
        ["转人工", "talk to a human"],
        ["我的钱不见了", "my money is gone"],
        ["第二个", "the second one"],
    ];
    let text = *visit.dice.one(texts);
    let text = word(visit, &text).to_owned();
    visit.says(visit.pause(), &text);
}
