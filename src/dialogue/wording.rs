//! The bot's own sentences, in Chinese and English, and in plainer words for elder mode where those help.
//! A playbook words any of them differently under its key in `wording`. Counts are put so that no plural
//! is needed.

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
    /// In elder mode, in Chinese and in English: without jargon, and saying what to do; none where the
    /// usual words are as plain as can be.
    pub plain: Option<(&'static str, &'static str)>,
}

impl Sentence {
    /// The sentence, in the playbook's wording where it has its own.
    pub fn say(self, playbook: &Playbook, language: Language, plainly: bool) -> String {
        let own = playbook.wording.get(self.key).filter(|text| text.words.contains_key(&language));
        match (own, language) {
            (Some(own), _) if plainly => own.plain(language).to_owned(),
            (Some(own), _) => own.get(language).to_owned(),
            (None, Language::Zh) => self.own(plainly).0.to_owned(),
            (None, Language::En) => self.own(plainly).1.to_owned(),
        }
    }

    fn own(self, plainly: bool) -> (&'static str, &'static str) {
        self.plain.filter(|_| plainly).unwrap_or((self.zh, self.en))
    }
}

macro_rules! plain {
    () => {
        None
    };
    ($zh:literal $en:literal) => {
        Some(($zh, $en))
    };
}

macro_rules! sentences {
    ($($name:ident $key:literal $zh:literal $en:literal $(plain $plain_zh:literal $plain_en:literal)?;)*) => {
        $(
            #[doc = $en]
            pub const $name: Sentence =
                Sentence { key: $key, zh: $zh, en: $en, plain: plain!($($plain_zh $plain_en)?) };
        )*

        /// All sentences: the keys that a playbook's `wording` may use.
        pub const ALL: &[Sentence] = &[$($name),*];
    };
}

sentences! {
    // Offers.
    OFFER_YES "offer_yes" "看看怎么办" "Show me"
        plain "教我怎么做" "Show me how";
    OFFER_NO "offer_no" "不用了" "No, thanks";

    // Answers.
    HERE "here" "可以这样解决：" "Here's what to do:"
        plain "请照下面的话做：" "Please do this:";
    DID_IT_HELP "did_it_help" "这样解决了吗？" "Did that sort it out?"
        plain "现在好了吗？" "Does it work now?";
    HELPED_YES "helped_yes" "解决了" "Yes, that's it"
        plain "好了" "Yes, it works";
    HELPED_NO "helped_no" "还没有" "Not yet"
        plain "还是不行" "No, not yet";
    GLAD "glad" "那就好，还有问题随时找我。" "Good. I'm here if anything else comes up."
        plain "太好了。以后有问题，再来问我。" "Good. If you need help again, just ask me.";
    TRY_NEXT "try_next" "那换个办法：" "Let's try another way:"
        plain "没关系，我们再试一个办法：" "Don't worry. Let's try something else:";
    CANNOT_SOLVE "cannot_solve" "我这边没能解决，请人工客服看看更稳妥。" "I couldn't solve this one. A person can take a closer look."
        plain "这件事我帮不了您。请真人客服来帮您，好吗？" "I can't fix this for you. A real person can help you.";
    SHOW_ME "show_me" "在页面上带我做" "Show me on the page"
        plain "在屏幕上指给我看" "Point to it on my screen";
    CHECK_IT "check_it" "帮我查一下" "Check it for me"
        plain "请您帮我查" "Please check it for me";

    // Questions back.
    WHICH "which" "您想问的是哪一个？" "Which of these is it?"
        plain "您要问的是下面哪一件事？请点一下。" "Which of these do you need help with? Please tap one.";
    SOMETHING_ELSE "something_else" "都不是" "Something else"
        plain "都不是，是别的事" "None of these";
    REPHRASE "rephrase" "这句我没看懂。换个说法，或者告诉我卡在哪一步？" "I didn't get that. Could you put it another way, or tell me which step you're at?"
        plain "我没听明白。请用别的话再说一遍，也可以找真人客服。" "I did not understand. Please say it in other words, or talk to a real person.";
    GO_AHEAD "go_ahead" "好的，请说。" "Sure. What is it?";
    OUT_OF_SCOPE "out_of_scope" "这个我答不上来，我只了解这个应用里的事。可以换个问题，也可以找人工客服。" "I can't answer that: I only know this app. Ask me something else, or talk to a person."
        plain "这件事我不知道，我只懂这个软件。您可以问别的，也可以找真人客服。" "I don't know about that. I only know this app. You can ask something else, or talk to a real person.";
    UPSET "upset" "前面没帮到您。需要的话，我直接转人工客服。" "I haven't solved it so far. I can bring in a person right away."
        plain "对不起，我还没帮上忙。可以马上请真人客服来帮您。" "I'm sorry, I have not helped you yet. A real person can help you right away.";
    TYPE_HERE "type_here" "输入您的问题" "Type your question"
        plain "在这里写您的问题" "Write your question here";

    // Small talk.
    HELLO "hello" "您好，遇到什么问题了？" "Hi! What do you need help with?";
    WELCOME "welcome" "不客气。" "You're welcome.";
    BYE "bye" "再见，需要时再来找我。" "Bye. Come back any time.";
    A_BOT "a_bot" "我是自动助手，不是真人。需要的话可以转人工客服。" "I'm an automated assistant, not a person. I can bring one in if you like."
        plain "我是电脑程序，不是真人。您想找真人客服，我可以帮您转过去。" "I am a computer program, not a person. I can ask a real person to help you.";

    // Guides.
    FOLLOW_ME "follow_me" "跟着页面上的高亮一步步来就行。" "Follow the highlight on the page, step by step."
        plain "屏幕上有个框，框里的地方就是要点的。一步一步来，不着急。" "Look for the frame on your screen and tap inside it. One step at a time; there is no hurry.";
    GUIDE_DONE "guide_done" "步骤都走完了，解决了吗？" "That was the last step. Is it sorted?"
        plain "都做完了。现在好了吗？" "That was the last step. Does it work now?";
    GUIDE_LEFT "guide_left" "先到这里，需要时可以再来一遍。" "Stopped there. You can start it again any time."
        plain "先停在这里。想再做的时候，可以从头再来。" "We stop here. You can start again whenever you like.";
    GUIDE_SKIPPED "guide_skipped" "页面上没找到要点的位置，可能页面已经变了。" "I couldn't find that spot; the page may have changed."
        plain "屏幕上没有找到那个地方。" "I can't find that place on your screen.";

    // Flows and tools.
    BACK_TO "back_to" "回到刚才的问题：" "Back to where we were:"
        plain "接着刚才的：" "Now back to this:";
    PICK_ONE "pick_one" "请选下面的一项。" "Please pick one of these."
        plain "请在下面点一个。" "Please tap one of these.";
    TOOL_YES "tool_yes" "好的，继续" "Yes, go ahead"
        plain "好，请帮我办" "Yes, please do it";
    TOOL_NO "tool_no" "先不用" "Not now"
        plain "先不要办" "No, don't do it now";
    TOOL_LEFT "tool_left" "好的，没有做任何改动。" "OK, nothing was changed."
        plain "好的，什么都没有改动。" "All right. I have changed nothing.";
    TOOL_RUNNING "tool_running" "{tool}，请稍等…" "{tool}: one moment…"
        plain "正在办：{tool}。请等一会儿…" "Doing this now: {tool}. Please wait…";
    TOOL_STILL "tool_still" "还在处理，请稍等。" "Still working on it, one moment."
        plain "还在办，请再等一会儿。" "Not finished yet. Please wait a little longer.";
    TOOL_FAILED "tool_failed" "这次没成功，系统没有及时响应。" "That didn't go through: the system gave no answer in time."
        plain "这次没办成，系统没有回应，不是您的问题。" "It did not work: the system did not answer. You did nothing wrong.";
    EXPECT_TEXT "expect_text" "在这里输入" "Type it here"
        plain "在这里写" "Write it here";
    EXPECT_ORDER "expect_order" "订单号" "Order number";
    EXPECT_AMOUNT "expect_amount" "金额，例如 120.50" "Amount, such as 120.50";
    EXPECT_LAST_FOUR "expect_last_four" "卡号后四位" "Last four digits"
        plain "卡号最后四个数字" "The last four numbers on the card";

    // Bringing in a human.
    HUMAN "human" "找人工客服" "Talk to a person"
        plain "找真人客服" "Talk to a real person";
    CONSENT "consent" "要转给人工客服吗？会一并发送：{sent}。卡号、证件号、手机号和密码会先隐去。" "Shall I bring in a person? This goes with it: {sent}. Card, ID and phone numbers and passwords are taken out first."
        plain "要请真人客服来帮您吗？客服会看到：{sent}。卡号、证件号、手机号和密码，客服看不到。" "Shall I ask a real person to help you? They will see: {sent}. They will not see card, ID or phone numbers, or passwords.";
    SENT_BASICS "sent_basics" "使用的语言" "your language";
    SENT_STUCK "sent_stuck" "卡住的地方（{title}）" "where you seem to be stuck ({title})";
    SENT_EVIDENCE "sent_evidence" "页面上出现过的问题" "what went wrong on the page"
        plain "刚才哪里出了错" "what went wrong";
    SENT_TRIED "sent_tried" "试过的办法" "what was tried"
        plain "已经试过什么" "what you have tried";
    SENT_TALK "sent_talk" "这里的对话" "this chat"
        plain "您和我说的话" "what we said here";
    SENT_SLOTS "sent_slots" "您填写的信息" "the details you gave"
        plain "您填的内容" "what you filled in";
    SENT_AND "sent_and" "、" ", ";
    CONSENT_YES "consent_yes" "转人工" "Yes, bring one in"
        plain "好，请客服来" "Yes, please";
    CONSENT_NO "consent_no" "暂不需要" "No, thanks"
        plain "不用了" "No, thank you";
    CONSENTED "consented" "正在联系人工客服…" "Reaching a person…"
        plain "正在找客服，请等一会儿…" "Asking a person now. Please wait…";
    DECLINED "declined" "好的，不转人工。有问题继续问我。" "OK, nobody is brought in. You can go on asking me."
        plain "好的，不找客服。您可以接着问我。" "All right, I won't ask anyone. You can go on asking me.";
    QUEUED "queued" "已经在排队，客服接手后会在这里告诉您。" "You're in the queue. I'll tell you here as soon as someone takes over."
        plain "已经在排队了。客服来了，会在这里跟您说话。请不要关掉这里。" "You are in line. A person will write to you here. Please keep this open.";
    QUEUED_AT "queued_at" "已经在排队，当前第 {position} 位。" "You're in the queue at position {position}."
        plain "正在排队，您是第 {position} 位。请不要关掉这里。" "You are number {position} in line. Please keep this open.";
    CANCEL "cancel" "取消转接" "Cancel"
        plain "不等了" "Stop waiting";
    CANCELLED "cancelled" "已取消转接。有问题继续问我。" "Cancelled. You can go on asking me."
        plain "好的，不等客服了。您可以接着问我。" "All right, you are no longer in line. You can go on asking me.";
    AN_AGENT "an_agent" "人工客服" "A colleague";
    ASSIGNED "assigned" "{agent}已接手，正在了解您的情况。" "{agent} has taken over and is reading up on it."
        plain "{agent}来了，正在看您遇到的问题。" "{agent} is here and is reading about your problem.";
    LIVE "live" "现在由{agent}为您服务。" "{agent} is with you now."
        plain "现在和您说话的是真人客服：{agent}。" "You are now talking to a real person: {agent}.";
    ENDED "ended" "本次人工服务已结束。" "The conversation with our team has ended."
        plain "客服已经说完了。" "The person has left the chat.";
    RETURNED "returned" "人工服务已结束，接下来还是我。还有什么要处理的吗？" "Our team has finished; you're back with me. Is there anything else?";
    EXPIRED "expired" "暂时没有客服能接手。可以再试一次，或者留言。" "Nobody could take over in time. Try again, or leave a message."
        plain "客服现在都在忙。您可以再等一次，或者留句话给他们。" "Everyone is busy now. You can try again, or leave a message for them.";
    TRY_AGAIN "try_again" "再试一次" "Try again"
        plain "再等一次" "Try again";
    UNAVAILABLE "unavailable" "现在没有人工客服在线。服务时间：{hours}。可以留言，客服上班后会看到。" "Nobody is on duty right now. Hours: {hours}. Leave a message and the team will see it."
        plain "客服现在下班了，上班时间是：{hours}。您可以先留句话，客服上班就会看到。" "Nobody is at work now. They work: {hours}. You can leave a message. They will read it then.";
    LEAVE_MESSAGE "leave_message" "留言" "Leave a message"
        plain "留句话" "Leave a message";
    MESSAGE_ASK "message_ask" "请写下想说的话。会和这些一起发给客服：{sent}。" "Write your message. It goes to the team with: {sent}."
        plain "请写下您要说的话。客服还会看到：{sent}。" "Please write what you want to say. They will also see: {sent}.";
    MESSAGE_HERE "message_here" "写下留言" "Write your message"
        plain "在这里写" "Write it here";
    MESSAGE_LEFT "message_left" "留言已提交。服务时间：{hours}。" "Your message is on its way. Hours: {hours}."
        plain "您的话已经送出去了。客服上班时间：{hours}。" "Your message is on its way. They work: {hours}.";
}
