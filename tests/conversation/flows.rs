//! Flows: options, slots, tools and their failures, digressions, bounds.

use unstuck::playbook::{
    Language::{En, Zh},
    NodeKind,
};

use crate::stage::{
    Case, Do, Means,
    Means::{Foreign, Nothing, These},
    Stage, check,
};

const NUMBER: Means = These(&[("bind.number.rejected", 0.9)]);
const HUMAN: &str = "s1-h1 Offered <handoff:accept> <handoff:decline>";
const GAVE_UP: &str = "say I couldn't solve this one. A person can take a closer look.";
const ASK_PHONE: &str = "ask Do you still use the phone number your bank holds? <flow:0> <flow:1>";
const ASK_ORDER: &str = "ask What is the order number?";
const CONFIRM: &str = "ask Send the code again now? <tool:yes> <tool:no>";
const SENT: &str =
    "say It is on its way again and arrives within a minute. [card.sms] <helped:yes> <helped:no>";

#[test]
fn a_flow_runs_through_options_and_a_confirmed_tool() {
    check(vec![
        Case {
            name: "by buttons, zh",
            stage: Stage::new(Zh),
            steps: vec![
                (Do::TakeUp("bind.verify.no_code"), vec!["ask 绑卡预留的手机号还在用吗？ <flow:0> <flow:1>"]),
                (Do::Choose("flow:0"), vec!["ask 现在重新发送验证码吗？ <tool:yes> <tool:no>"]),
                (Do::Choose("tool:yes"), vec!["say 重新发送验证码，请稍等…", "run resend_code()"]),
                (
                    Do::Tool("7-1", "sent", &[]),
                    vec!["say 已重新发送，一分钟内会到。 [card.sms] <helped:yes> <helped:no>"],
                ),
                (Do::Choose("helped:yes"), vec!["say 那就好，还有问题随时找我。"]),
            ],
        },
        Case {
            name: "by typed words, en",
            stage: Stage::new(En),
            steps: vec![
                (Do::TakeUp("bind.verify.no_code"), vec![ASK_PHONE]),
                (Do::Say("yes i do", Nothing), vec![CONFIRM]),
                (Do::Say("sure", Nothing), vec!["say Send the code again: one moment…", "run resend_code()"]),
                (Do::Tool("7-1", "sent", &[]), vec![SENT]),
            ],
        },
        Case {
            name: "a no leaves everything as it is",
            stage: Stage::new(En),
            steps: vec![
                (Do::TakeUp("bind.verify.no_code"), vec![ASK_PHONE]),
                (Do::Choose("flow:0"), vec![CONFIRM]),
                (Do::Choose("tool:no"), vec!["say OK, nothing was changed. <human>"]),
                (Do::Choose("tool:yes"), vec!["silent: stale"]),
            ],
        },
    ]);
}

#[test]
fn a_tool_that_fails_or_says_nothing_leads_on() {
    let failed = "say That didn't go through: the system gave no answer in time.";
    let until_yes = || {
        vec![
            (Do::TakeUp("bind.verify.no_code"), vec![ASK_PHONE]),
            (Do::Choose("flow:0"), vec![CONFIRM]),
            (Do::Choose("tool:yes"), vec!["say Send the code again: one moment…", "run resend_code()"]),
        ]
    };
    let with = |more: Vec<(Do, Vec<&'static str>)>| [until_yes(), more].concat();
    check(vec![
        Case {
            name: "it fails",
            stage: Stage::new(En),
            steps: with(vec![(Do::Tool("7-1", "failed", &[]), vec![failed, HUMAN])]),
        },
        Case {
            name: "it answers with a word that the flow does not know",
            stage: Stage::new(En),
            steps: with(vec![(Do::Tool("7-1", "teapot", &[]), vec![failed, HUMAN])]),
        },
        Case {
            name: "it says nothing; its late answer changes nothing",
            stage: Stage::new(En),
            steps: with(vec![
                (Do::Wait(8_000), vec![]),
                (Do::Wait(2_000), vec![failed, HUMAN]),
                (Do::Tool("7-1", "sent", &[]), vec!["silent: stale"]),
            ]),
        },
        Case {
            name: "another tool's answer",
            stage: Stage::new(En),
            steps: with(vec![
                (Do::Tool("3-1", "sent", &[]), vec!["silent: stale"]),
                (Do::Tool("7-1", "sent", &[]), vec![SENT]),
                (Do::Tool("7-1", "sent", &[]), vec!["silent: stale"]),
            ]),
        },
        Case {
            name: "typing while it runs",
            stage: Stage::new(En),
            steps: with(vec![
                (Do::Say("well?", Nothing), vec!["say Still working on it, one moment."]),
                (Do::Say("card number?", NUMBER), vec!["say Here's what to do: [card.number]"]),
                (Do::Tool("7-1", "sent", &[]), vec![SENT]),
            ]),
        },
    ]);
}

#[test]
fn a_slot_takes_a_fitting_value_and_fills_tools_and_words() {
    let retry = "ask An order number has 6 to 32 letters or digits. / What is the order number?";
    check(vec![
        Case {
            name: "zh, the value inside a sentence",
            stage: Stage::new(Zh),
            steps: vec![
                (Do::TakeUp("pay.confirm.failing"), vec!["ask 请告诉我订单号。"]),
                (
                    Do::Say("是 P20260105-77 这笔", Nothing),
                    vec!["say 查询订单，请稍等…", "run look_up_order(order=P20260105-77)"],
                ),
                (
                    Do::Tool("7-1", "unpaid", &[]),
                    vec!["say 订单 P20260105-77 没有扣款，可以放心重试。 <helped:yes> <helped:no>"],
                ),
            ],
        },
        Case {
            name: "a tool's value replaces the typed one",
            stage: Stage::new(En),
            steps: vec![
                (Do::TakeUp("pay.confirm.failing"), vec![ASK_ORDER]),
                (
                    Do::Say("p20260105", Nothing),
                    vec!["say Look up the order: one moment…", "run look_up_order(order=p20260105)"],
                ),
                (
                    Do::Tool("7-1", "paid", &[("order", "P-20260105")]),
                    vec!["say Order P-20260105 has been paid. <helped:yes> <helped:no>"],
                ),
            ],
        },
        Case {
            name: "two more tries, then a human",
            stage: Stage::new(En),
            steps: vec![
                (Do::TakeUp("pay.confirm.failing"), vec![ASK_ORDER]),
                (Do::Say("no idea", Nothing), vec![retry]),
                (Do::Say("12", Nothing), vec![retry]),
                (Do::Say("dunno", Nothing), vec![GAVE_UP, HUMAN]),
            ],
        },
    ]);
}

#[test]
fn a_question_in_the_middle_is_answered_and_the_flow_goes_on() {
    let back = "ask Back to where we were: / What is the order number?";
    check(vec![
        Case {
            name: "an answer by a card",
            stage: Stage::new(En),
            steps: vec![
                (Do::TakeUp("pay.confirm.failing"), vec![ASK_ORDER]),
                (Do::Say("and my card number?", NUMBER), vec!["say Here's what to do: [card.number]", back]),
                (Do::Say("thx", Nothing), vec!["say You're welcome.", back]),
                (
                    Do::Say("any football tonight", Foreign),
                    vec![
                        "say I can't answer that: I only know this app. Ask me something else, or talk to a person.",
                        back,
                    ],
                ),
                (
                    Do::Say("P20260105", Nothing),
                    vec!["say Look up the order: one moment…", "run look_up_order(order=P20260105)"],
                ),
            ],
        },
        Case {
            name: "an answer that is a flow takes over",
            stage: Stage::new(En),
            steps: vec![
                (Do::TakeUp("pay.confirm.failing"), vec![ASK_ORDER]),
                (Do::Say("no code comes", These(&[("bind.verify.no_code", 0.9)])), vec![ASK_PHONE]),
                (
                    Do::Choose("flow:1"),
                    vec!["say Please update the number with your bank first. <helped:yes> <helped:no>"],
                ),
            ],
        },
        Case {
            name: "asking for a human ends the flow",
            stage: Stage::new(En),
            steps: vec![
                (Do::TakeUp("pay.confirm.failing"), vec![ASK_ORDER]),
                (Do::Say("let me talk to a person", Nothing), vec![HUMAN]),
                (Do::Choose("handoff:decline"), vec!["s1-h1 Declined"]),
                (Do::Choose("flow:0"), vec!["silent: stale"]),
            ],
        },
    ]);
}

#[test]
fn a_guide_inside_a_flow_leads_to_its_next_node() {
    let mut stage = Stage::new(En);
    for node in &mut stage.playbook.flows[0].nodes {
        if node.id == "changed" {
            let (guide, next) = ("guide.find".to_owned(), Some("sent".to_owned()));
            node.kind = NodeKind::Guide { guide, next };
        }
    }
    let skipped = "say I couldn't find that spot; the page may have changed.";
    for (outcome, expected) in [
        ("done", vec![SENT]),
        ("skipped", vec![skipped, SENT]),
        ("left", vec!["ask Stopped there. You can start it again any time. <helped:yes> <helped:no>"]),
    ] {
        let mut stage = Stage { playbook: stage.playbook.clone(), ..Stage::new(En) };
        stage.play(Do::TakeUp("bind.verify.no_code"));
        let lines = stage.play(Do::Choose("flow:1"));
        assert_eq!(lines.last().unwrap(), "guide guide.find of 1");
        assert_eq!(stage.play(Do::Guide("guide.find", outcome, "")), expected, "{outcome}");
    }
}

#[test]
fn a_flow_that_goes_round_or_names_what_is_missing_ends_with_a_human() {
    let next = |to: &str| {
        let to = to.to_owned();
        move |stage: &mut Stage| {
            for node in &mut stage.playbook.flows[0].nodes {
                if let NodeKind::Say { next, .. } = &mut node.kind {
                    *next = Some(to.clone());
                }
            }
        }
    };
    for to in ["changed", "nowhere"] {
        let mut stage = Stage::new(En);
        next(to)(&mut stage);
        stage.play(Do::TakeUp("bind.verify.no_code"));
        let lines = stage.play(Do::Choose("flow:1"));
        assert_eq!(lines[lines.len() - 2..], [GAVE_UP, HUMAN], "{to}");
        assert!(lines.len() <= 60, "{to}: {} turns", lines.len());
    }
}
