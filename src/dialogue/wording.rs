//! The bot's own sentences, in Chinese and English. A playbook words any of them differently under
//! its key in `wording`. Counts are put so that no plural is needed.

use crate::playbook::{Language, Playbook};

/// A sentence of the bot's: `{name}` stands for something of the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its key in the playbook's `wording`.
    pub key: &'static str,
    /// In Chinese.
    pub zh: &'static str,
    /// In English.
    pub en: &'static str,
}

impl Sentence {
    /// The sentence, in the playbook's wording where it has its own.
    pub fn say(self, playbook: &Playbook, language: Language) -> String {
        let own = playbook.wording.get(self.key).and_then(|text| text.0.get(&language));
        match (own, language) {
            (Some(own), _) => own.clone(),
            (None, Language::Zh) => self.zh.to_owned(),
            (None, Language::En) => self.en.to_owned(),
        }
    }

    /// The sentence with each `{name}` replaced.
    pub fn with(self, playbook: &Playbook, language: Language, parts: &[(&str, &str)]) -> String {
        parts.iter().fold(self.say(playbook, language), |said, (name, value)| {
            said.replace(&format!("{{{name}}}"), value)
        })
    }
}

macro_rules! sentences {
    ($($name:ident $key:literal $zh:literal $en:literal;)*) => {
        $(#[doc = $en] pub const $name: Sentence = Sentence { key: $key, zh: $zh, en: $en };)*

        /// All sentences: the keys that a playbook's `wording` may use.
        pub const ALL: &[Sentence] = &[$($name),*];
    };
}

sentences! {
    // Offers.
    OFFER_YES "offer_yes" "看看怎么办" "Show me";
    OFFER_NO "offer_no" "不用了" "No, thanks";

    // Answers.
    HERE "here" "可以这样解决：" "Here's what to do:";
    DID_IT_HELP "did_it_help" "这样解决了吗？" "Did that sort it out?";
    HELPED_YES "helped_yes" "解决了" "Yes, that's it";
    HELPED_NO "helped_no" "还没有" "Not yet";
    GLAD "glad" "那就好，还有问题随时找我。" "Good. I'm here if anything else comes up.";
    TRY_NEXT "try_next" "那换个办法：" "Let's try another way:";
    CANNOT_SOLVE "cannot_solve" "我这边没能解决，请人工客服看看更稳妥。" "I couldn't solve this one. A person can take a closer look.";
    SHOW_ME "show_me" "在页面上带我做" "Show me on the page";
    CHECK_IT "check_it" "帮我查一下" "Check it for me";

    // Questions back.
    WHICH "which" "您想问的是哪一个？" "Which of these is it?";
    SOMETHING_ELSE "something_else" "都不是" "Something else";
    REPHRASE "rephrase" "这句我没看懂。换个说法，或者告诉我卡在哪一步？" "I didn't get that. Could you put it another way, or tell me which step you're at?";
    GO_AHEAD "go_ahead" "好的，请说。" "Sure. What is it?";
    OUT_OF_SCOPE "out_of_scope" "这个我答不上来，我只了解这个应用里的事。可以换个问题，也可以找人工客服。" "I can't answer that: I only know this app. Ask me something else, or talk to a person.";
    UPSET "upset" "前面没帮到您。需要的话，我直接转人工客服。" "I haven't solved it so far. I can bring in a person right away.";
    TYPE_HERE "type_here" "输入您的问题" "Type your question";

    // Small talk.
    HELLO "hello" "您好，遇到什么问题了？" "Hi! What do you need help with?";
    WELCOME "welcome" "不客气。" "You're welcome.";
    BYE "bye" "再见，需要时再来找我。" "Bye. Come back any time.";
    A_BOT "a_bot" "我是自动助手，不是真人。需要的话可以转人工客服。" "I'm an automated assistant, not a person. I can bring one in if you like.";

    // Guides.
    FOLLOW_ME "follow_me" "跟着页面上的高亮一步步来就行。" "Follow the highlight on the page, step by step.";
    GUIDE_DONE "guide_done" "步骤都走完了，解决了吗？" "That was the last step. Is it sorted?";
    GUIDE_LEFT "guide_left" "先到这里，需要时可以再来一遍。" "Stopped there. You can start it again any time.";
    GUIDE_SKIPPED "guide_skipped" "页面上没找到要点的位置，可能页面已经变了。" "I couldn't find that spot; the page may have changed.";

    // Flows and tools.
    BACK_TO "back_to" "回到刚才的问题：" "Back to where we were:";
    PICK_ONE "pick_one" "请选下面的一项。" "Please pick one of these.";
    TOOL_YES "tool_yes" "好的，继续" "Yes, go ahead";
    TOOL_NO "tool_no" "先不用" "Not now";
    TOOL_LEFT "tool_left" "好的，没有做任何改动。" "OK, nothing was changed.";
    TOOL_RUNNING "tool_running" "{tool}，请稍等…" "{tool}: one moment…";
    TOOL_STILL "tool_still" "还在处理，请稍等。" "Still working on it, one moment.";
    TOOL_FAILED "tool_failed" "这次没成功，系统没有及时响应。" "That didn't go through: the system gave no answer in time.";
    EXPECT_TEXT "expect_text" "在这里输入" "Type it here";
    EXPECT_ORDER "expect_order" "订单号" "Order number";
    EXPECT_AMOUNT "expect_amount" "金额，例如 120.50" "Amount, such as 120.50";
    EXPECT_LAST_FOUR "expect_last_four" "卡号后四位" "Last four digits";

    // Bringing in a human.
    HUMAN "human" "找人工客服" "Talk to a person";
    CONSENT "consent" "要转给人工客服吗？会一并发送：{sent}。卡号、证件号、手机号和密码会先隐去。" "Shall I bring in a person? This goes with it: {sent}. Card, ID and phone numbers and passwords are taken out first.";
    SENT_BASICS "sent_basics" "使用的语言" "your language";
    SENT_STUCK "sent_stuck" "卡住的地方（{title}）" "where you seem to be stuck ({title})";
    SENT_EVIDENCE "sent_evidence" "页面上出现过的问题" "what went wrong on the page";
    SENT_TRIED "sent_tried" "试过的办法" "what was tried";
    SENT_TALK "sent_talk" "这里的对话" "this chat";
    SENT_SLOTS "sent_slots" "您填写的信息" "the details you gave";
    SENT_AND "sent_and" "、" ", ";
    CONSENT_YES "consent_yes" "转人工" "Yes, bring one in";
    CONSENT_NO "consent_no" "暂不需要" "No, thanks";
    CONSENTED "consented" "正在联系人工客服…" "Reaching a person…";
    DECLINED "declined" "好的，不转人工。有问题继续问我。" "OK, nobody is brought in. You can go on asking me.";
    QUEUED "queued" "已经在排队，客服接手后会在这里告诉您。" "You're in the queue. I'll tell you here as soon as someone takes over.";
    QUEUED_AT "queued_at" "已经在排队，当前第 {position} 位。" "You're in the queue at position {position}.";
    CANCEL "cancel" "取消转接" "Cancel";
    CANCELLED "cancelled" "已取消转接。有问题继续问我。" "Cancelled. You can go on asking me.";
    AN_AGENT "an_agent" "人工客服" "A colleague";
    ASSIGNED "assigned" "{agent}已接手，正在了解您的情况。" "{agent} has taken over and is reading up on it.";
    LIVE "live" "现在由{agent}为您服务。" "{agent} is with you now.";
    ENDED "ended" "本次人工服务已结束。" "The conversation with our team has ended.";
    RETURNED "returned" "人工服务已结束，接下来还是我。还有什么要处理的吗？" "Our team has finished; you're back with me. Is there anything else?";
    EXPIRED "expired" "暂时没有客服能接手。可以再试一次，或者留言。" "Nobody could take over in time. Try again, or leave a message.";
    TRY_AGAIN "try_again" "再试一次" "Try again";
    UNAVAILABLE "unavailable" "现在没有人工客服在线。服务时间：{hours}。可以留言，客服上班后会看到。" "Nobody is on duty right now. Hours: {hours}. Leave a message and the team will see it.";
    LEAVE_MESSAGE "leave_message" "留言" "Leave a message";
    MESSAGE_ASK "message_ask" "请写下想说的话。会和这些一起发给客服：{sent}。" "Write your message. It goes to the team with: {sent}.";
    MESSAGE_HERE "message_here" "写下留言" "Write your message";
    MESSAGE_LEFT "message_left" "留言已提交。服务时间：{hours}。" "Your message is on its way. Hours: {hours}.";
}
