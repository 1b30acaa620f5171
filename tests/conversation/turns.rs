//! One turn on typed text, and help that helps or does not.

use unstuck::{
    action::ActionKind,
    dialogue::{Decision, decide},
    playbook::Language::{self, En, Zh},
    profile::Profile,
};

use crate::stage::{
    Case, Do, Means,
    Means::{Foreign, Nothing, These},
    Stage, check,
};

const NUMBER: Means = These(&[("bind.number.rejected", 0.8), ("bind.number.declined", 0.1)]);
const CLOSE: Means =
    These(&[("bind.number.rejected", 0.45), ("bind.number.declined", 0.4), ("thanks", 0.12)]);
const FIND: Means = These(&[("pay.find.not_found", 0.9)]);

#[test]
fn an_offer_taken_up_shows_its_help() {
    check(vec![
        Case {
            name: "card, zh",
            stage: Stage::new(Zh),
            steps: vec![
                (
                    Do::TakeUp("bind.number.rejected"),
                    vec!["say 可以这样解决： [card.number] <guide:guide.number> <helped:yes> <helped:no>"],
                ),
                (Do::Choose("helped:yes"), vec!["say 那就好，还有问题随时找我。"]),
            ],
        },
        Case {
            name: "guide, en",
            stage: Stage::new(En),
            steps: vec![
                (
                    Do::TakeUp("pay.find.not_found"),
                    vec!["say Follow the highlight on the page, step by step.", "guide guide.find of 1"],
                ),
                (
                    Do::Guide("guide.find", "done", ""),
                    vec!["ask That was the last step. Is it sorted? <helped:yes> <helped:no>"],
                ),
                (Do::Say("yes", Nothing), vec!["say Good. I'm here if anything else comes up."]),
            ],
        },
        Case {
            name: "a guide that cannot find its target says so",
            stage: Stage::new(Zh),
            steps: vec![
                (
                    Do::TakeUp("pay.find.not_found"),
                    vec!["say 跟着页面上的高亮一步步来就行。", "guide guide.find of 1"],
                ),
                (
                    Do::Guide("guide.find", "skipped", "target_missing"),
                    vec!["ask 页面上没找到要点的位置，可能页面已经变了。 <helped:yes> <helped:no>"],
                ),
            ],
        },
        Case {
            name: "an offer that the playbook does not know",
            stage: Stage::new(En),
            steps: vec![(Do::TakeUp("gone"), vec!["silent: stale"])],
        },
    ]);
}

#[test]
fn a_clear_question_is_answered_and_a_close_one_asked_back() {
    check(vec![
        Case {
            name: "clear, en",
            stage: Stage::new(En),
            steps: vec![(
                Do::Say("my card number is not accepted", NUMBER),
                vec!["say Here's what to do: [card.number] <guide:guide.number> <helped:yes> <helped:no>"],
            )],
        },
        Case {
            name: "close, zh, picked by its words",
            stage: Stage::new(Zh),
            steps: vec![
                (
                    Do::Say("绑不上卡", CLOSE),
                    vec![
                        "ask 您想问的是哪一个？ <stuck:bind.number.rejected> <stuck:bind.number.declined> <stuck:other> <human>",
                    ],
                ),
                (
                    Do::Say("卡号填了通不过", Nothing),
                    vec!["say 可以这样解决： [card.number] <guide:guide.number> <helped:yes> <helped:no>"],
                ),
            ],
        },
        Case {
            name: "close, en, picked by its number",
            stage: Stage::new(En),
            steps: vec![
                (
                    Do::Say("card trouble", CLOSE),
                    vec![
                        "ask Which of these is it? <stuck:bind.number.rejected> <stuck:bind.number.declined> <stuck:other> <human>",
                    ],
                ),
                (
                    Do::Say("the second one", Nothing),
                    vec!["say Here's what to do: [card.supported] <helped:yes> <helped:no>"],
                ),
            ],
        },
    ]);
}

#[test]
fn what_is_not_understood_is_asked_back_then_asked_anew_then_handed_over() {
    check(vec![
        Case {
            name: "zh",
            stage: Stage::new(Zh),
            steps: vec![
                (
                    Do::Say("这个那个", CLOSE),
                    vec![
                        "ask 您想问的是哪一个？ <stuck:bind.number.rejected> <stuck:bind.number.declined> <stuck:other> <human>",
                    ],
                ),
                (
                    Do::Say("就是那个呀", CLOSE),
                    vec!["ask 这句我没看懂。换个说法，或者告诉我卡在哪一步？ <human>"],
                ),
                (
                    Do::Say("唉", Nothing),
                    vec![
                        "say 我这边没能解决，请人工客服看看更稳妥。",
                        "s1-h1 Offered <handoff:accept> <handoff:decline>",
                    ],
                ),
            ],
        },
        Case {
            name: "sooner for someone who rather wants a human, en",
            stage: Stage { profile: Profile { human: 2, ..Profile::default() }, ..Stage::new(En) },
            steps: vec![
                (
                    Do::Say("thingy", Nothing),
                    vec![
                        "ask I didn't get that. Could you put it another way, or tell me which step you're at? <human>",
                    ],
                ),
                (
                    Do::Say("thingy!", Nothing),
                    vec![
                        "say I couldn't solve this one. A person can take a closer look.",
                        "s1-h1 Offered <handoff:accept> <handoff:decline>",
                    ],
                ),
            ],
        },
        Case {
            name: "something else asks for other words, and a clear answer ends it",
            stage: Stage::new(En),
            steps: vec![
                (
                    Do::Say("card trouble", CLOSE),
                    vec![
                        "ask Which of these is it? <stuck:bind.number.rejected> <stuck:bind.number.declined> <stuck:other> <human>",
                    ],
                ),
                (
                    Do::Choose("stuck:other"),
                    vec![
                        "ask I didn't get that. Could you put it another way, or tell me which step you're at? <human>",
                    ],
                ),
                (
                    Do::Say("where is the shop", FIND),
                    vec!["say Follow the highlight on the page, step by step.", "guide guide.find of 1"],
                ),
            ],
        },
    ]);
}

#[test]
fn out_of_scope_is_said_with_ways_on() {
    check(vec![
        Case {
            name: "zh, with what behaviour believes",
            stage: Stage::new(Zh).believing(&[("bind.verify.no_code", 0.6)]),
            steps: vec![(
                Do::Say("明天天气怎么样", Foreign),
                vec![
                    "say 这个我答不上来，我只了解这个应用里的事。可以换个问题，也可以找人工客服。 <stuck:bind.verify.no_code> <human>",
                ],
            )],
        },
        Case {
            name: "en, with nothing believed",
            stage: Stage::new(En),
            steps: vec![(
                Do::Say("what is the weather like", Foreign),
                vec![
                    "say I can't answer that: I only know this app. Ask me something else, or talk to a person. <human>",
                ],
            )],
        },
    ]);
}

#[test]
fn help_that_did_not_help_is_followed_by_the_next_and_then_by_a_human() {
    check(vec![Case {
        name: "the guide, then what else is believed, then a human",
        stage: Stage::new(En).believing(&[("bind.number.rejected", 0.6), ("bind.number.declined", 0.3)]),
        steps: vec![
            (
                Do::TakeUp("bind.number.rejected"),
                vec!["say Here's what to do: [card.number] <guide:guide.number> <helped:yes> <helped:no>"],
            ),
            (
                Do::Say("no", Nothing),
                vec!["ask Let's try another way: <guide:guide.number> <stuck:bind.number.declined> <human>"],
            ),
            (
                Do::Choose("guide:guide.number"),
                vec!["say Follow the highlight on the page, step by step.", "guide guide.number of 2"],
            ),
            (
                Do::Guide("guide.number", "done", ""),
                vec!["ask That was the last step. Is it sorted? <helped:yes> <helped:no>"],
            ),
            (
                Do::Choose("helped:no"),
                vec!["ask Let's try another way: <stuck:bind.number.declined> <human>"],
            ),
            (
                Do::Choose("stuck:bind.number.declined"),
                vec!["say Here's what to do: [card.supported] <helped:yes> <helped:no>"],
            ),
            (
                Do::Choose("helped:no"),
                vec![
                    "say I couldn't solve this one. A person can take a closer look.",
                    "s1-h1 Offered <handoff:accept> <handoff:decline>",
                ],
            ),
        ],
    }]);
}

#[test]
fn what_the_user_says_about_the_help_is_told_once() {
    let mut stage = Stage::new(En);
    stage.play(Do::TakeUp("bind.number.rejected"));
    assert_eq!(stage.conversation.settled(), None);
    stage.play(Do::Choose("helped:yes"));
    let settled = stage.conversation.settled().unwrap();
    assert_eq!((settled.id.as_str(), settled.helped), ("bind.number.rejected", true));
    assert_eq!(stage.conversation.settled(), None);
}

#[test]
fn phrases_are_heard_before_the_meaning() {
    let greeting = |id: &str| Decision::Answer { id: id.to_owned() };
    let hand_off = |reason: &str, priority| Decision::HandOff { reason: reason.to_owned(), priority };
    let small_talk = |key: &str| Decision::SmallTalk { key: key.to_owned() };
    let number = || Decision::Answer { id: "bind.number.rejected".to_owned() };
    let cases: [(&str, Decision); 28] = [
        ("我被骗了，钱不见了", hand_off("escalation:money_lost", 1)),
        ("I think I have been SCAMMED!", hand_off("escalation:money_lost", 1)),
        ("转人工", hand_off("asked", 3)),
        ("人工", hand_off("asked", 3)),
        ("麻烦帮我找人工客服，卡号一直不对", hand_off("asked", 3)),
        ("I want to speak to a human now", hand_off("asked", 3)),
        ("get me a real person", hand_off("asked", 3)),
        ("Agent!", hand_off("asked", 3)),
        ("it does not work, I need a human", hand_off("asked", 3)),
        ("why can't I talk to a person?", hand_off("asked", 3)),
        ("我不要机器人，要人工", hand_off("asked", 3)),
        ("I don't want to talk to a human", number()),
        ("别给我转人工", number()),
        ("no need to get me a real person", number()),
        ("不要转人工，告诉我卡号怎么填", number()),
        ("please do not get me a human agent, just fix the number", number()),
        ("the agenda of my card number", number()),
        ("你好", greeting("greeting")),
        ("Hello!", greeting("greeting")),
        ("谢谢", greeting("thanks")),
        ("thx", small_talk("welcome")),
        ("再见", small_talk("bye")),
        ("你是机器人吗？", small_talk("a_bot")),
        ("are you a bot?", small_talk("a_bot")),
        ("hello my card number is refused", number()),
        ("卡号不对，垃圾软件", number()),
        ("人工智能能识别卡号吗", number()),
        ("卡号为什么不对", number()),
    ];
    let playbook = Stage::new(En).playbook;
    for (text, expected) in cases {
        let verdict = decide(&playbook, text, &crate::stage::meaning(NUMBER));
        assert_eq!(verdict.decision, expected, "{text}");
        assert!(!verdict.reasons.is_empty());
    }
}

#[test]
fn anger_without_a_clear_question_brings_a_human_and_no_feelings() {
    let said = [
        (Zh, "什么破软件！！！", "say 前面没帮到您。需要的话，我直接转人工客服。"),
        (En, "this is useless", "say I haven't solved it so far. I can bring in a person right away."),
    ];
    for (language, text, first) in said {
        let offered = "s1-h1 Offered <handoff:accept> <handoff:decline>";
        assert_eq!(Stage::new(language).play(Do::Say(text, CLOSE)), [first, offered]);
    }
}

#[test]
fn an_intent_that_escalates_or_means_a_human_does_so_without_its_phrase() {
    let mut playbook = Stage::new(En).playbook;
    playbook.escalations[0].intents.push("pay.confirm.failing".to_owned());
    let cases = [("pay.confirm.failing", "escalation:money_lost"), ("human", "asked")];
    for (id, expected) in cases {
        let meaning = crate::stage::meaning(These(&[("x", 0.9)]));
        let mut meaning = meaning.clone();
        id.clone_into(&mut meaning.ranked[0].id);
        let verdict = decide(&playbook, "…", &meaning);
        assert!(
            matches!(&verdict.decision, Decision::HandOff { reason, .. } if reason == expected),
            "{verdict:?}"
        );
    }
}

#[test]
fn an_answer_says_what_it_rests_on() {
    for language in [Zh, En] {
        let mut stage = Stage::new(language);
        let turns = stage.turns_of(Do::Say("卡号", NUMBER));
        let ActionKind::Say(say) = &turns[0].kind else { panic!("{turns:?}") };
        let basis = say.basis.as_ref().unwrap();
        assert_eq!(basis.together[0].id, "bind.number.rejected");
        assert_eq!(turns[0].reasons[0].code, "confident");
    }
}

#[test]
fn the_playbook_may_word_a_sentence_differently() {
    let mut stage = Stage::new(En);
    let own = serde_json::from_str(r#"{ "en": "Try this:", "zh": "试试这个：" }"#).unwrap();
    stage.playbook.wording.insert("here".to_owned(), own);
    let lines = stage.play(Do::TakeUp("bind.number.declined"));
    assert_eq!(lines, ["say Try this: [card.supported] <helped:yes> <helped:no>"]);
}

#[test]
fn the_same_question_again_counts_as_not_helped() {
    let mut stage = Stage::new(En);
    let ask = Do::Say("my card number is not accepted", NUMBER);
    let lasts: Vec<String> = (0..4).map(|_| stage.play(ask).pop().unwrap()).collect();
    assert!(lasts[2].starts_with("say Here's"), "{lasts:?}");
    assert_eq!(lasts[3], "s1-h1 Offered <handoff:accept> <handoff:decline>");
}

#[test]
fn stale_buttons_and_empty_words_do_nothing() {
    let cases =
        ["flow:0", "tool:yes", "stuck:gone", "handoff:accept", "handoff:leave_message", "what", "guide:"];
    for id in cases {
        let lines = Stage::new(Language::En).play(Do::Choose(id));
        if id == "guide:" {
            assert_eq!(lines.len(), 2, "a guide that is missing ends with a human: {lines:?}");
        } else {
            assert!(lines.len() == 1 && lines[0].starts_with("silent"), "{id}: {lines:?}");
        }
    }
    assert_eq!(Stage::new(Zh).play(Do::Say("  ", Nothing)), ["silent: unsure"]);
}
