//! The handoff: each state, each way through it, and the silence of the bot.

use std::{fs, path::Path};

use unstuck::{
    action::handoff::{ContextPackage, EvidenceLine, Speaker, State, Tried},
    handoff::machine::{By, TABLE, allowed},
    playbook::Language::{En, Zh},
    profile::Profile,
    signal::SignalKind,
};

use crate::stage::{Case, Do, Means, Means::Nothing, OFF_DUTY, ON_DUTY, Stage, check};

const H1: &str = "s1-h1";
const OFFERED: &str = "s1-h1 Offered <handoff:accept> <handoff:decline>";
const CONSENTED: &str = "s1-h1 Consented +request <handoff:cancel>";
const QUEUED: &str = "s1-h1 Queued <handoff:cancel>";
const UNAVAILABLE: &str = "s1-h1 Unavailable <handoff:leave_message> <handoff:decline>";
const NUMBER: Means = Means::These(&[("bind.number.rejected", 0.9)]);

fn desk(state: State, revision: u32) -> Do {
    Do::Desk(H1, state, revision, "", None)
}

#[test]
fn a_human_takes_over_and_the_bot_is_quiet_until_it_is_over() {
    let over = |state: State, line: &'static str| Case {
        name: line,
        stage: Stage::new(En),
        steps: vec![
            (Do::AskHuman, vec![OFFERED]),
            (Do::Choose("handoff:accept"), vec![CONSENTED]),
            (Do::Desk(H1, State::Queued, 1, "", Some(2)), vec![QUEUED]),
            (Do::Desk(H1, State::Queued, 2, "", Some(1)), vec![QUEUED]),
            (Do::AskHuman, vec![QUEUED]),
            (Do::Desk(H1, State::Assigned, 3, "Lin", None), vec!["s1-h1 Assigned"]),
            (Do::Say("hello?", NUMBER), vec!["silent: human_speaks"]),
            (Do::Desk(H1, State::Live, 4, "Lin", None), vec!["s1-h1 Live"]),
            (Do::Agent("Hi, Lin here."), vec!["silent: human_speaks"]),
            (Do::Say("get me a human", NUMBER), vec!["silent: human_speaks"]),
            (Do::TakeUp("bind.number.rejected"), vec!["silent: human_speaks"]),
            (Do::Choose("helped:yes"), vec!["silent: human_speaks"]),
            (Do::Tool("7-1", "sent", &[]), vec!["silent: human_speaks"]),
            (Do::Wait(3_600_000), vec![]),
            (desk(state, 5), vec![line]),
            (desk(state, 6), vec!["silent: old_news"]),
            (Do::Wait(3_600_000), vec![]),
            (Do::Say("thx", Nothing), vec!["say You're welcome."]),
            (Do::AskHuman, vec!["s1-h2 Offered <handoff:accept> <handoff:decline>"]),
        ],
    };
    check(vec![over(State::Ended, "s1-h1 Ended"), over(State::Returned, "s1-h1 Returned")]);
}

#[test]
fn the_user_may_say_no_or_take_it_back() {
    check(vec![
        Case {
            name: "no by typing, zh; asking again opens the next",
            stage: Stage::new(Zh),
            steps: vec![
                (Do::Say("转人工", Nothing), vec![OFFERED]),
                (Do::Say("算了", Nothing), vec!["s1-h1 Declined"]),
                (Do::Choose("handoff:accept"), vec!["silent: old_news"]),
                (Do::Say("人工客服", Nothing), vec!["s1-h2 Offered <handoff:accept> <handoff:decline>"]),
            ],
        },
        Case {
            name: "taken back; the desk's late news changes nothing",
            stage: Stage::new(En),
            steps: vec![
                (Do::AskHuman, vec![OFFERED]),
                (Do::Say("yes", Nothing), vec![CONSENTED]),
                (Do::Choose("handoff:cancel"), vec!["s1-h1 Cancelled"]),
                (desk(State::Assigned, 1), vec!["silent: old_news"]),
                (Do::Say("thx", Nothing), vec!["say You're welcome."]),
            ],
        },
        Case {
            name: "the bot goes on while the offer stands and while it queues",
            stage: Stage::new(En),
            steps: vec![
                (Do::AskHuman, vec![OFFERED]),
                (
                    Do::Say("my card number", NUMBER),
                    vec![
                        "say Here's what to do: [card.number] <guide:guide.number> <helped:yes> <helped:no>",
                    ],
                ),
                (Do::Choose("handoff:accept"), vec![CONSENTED]),
                (desk(State::Queued, 1), vec![QUEUED]),
                (Do::Choose("helped:yes"), vec!["say Good. I'm here if anything else comes up."]),
                (Do::Choose("handoff:cancel"), vec!["s1-h1 Cancelled"]),
            ],
        },
    ]);
}

#[test]
fn old_repeated_foreign_and_impossible_news_change_nothing() {
    check(vec![Case {
        name: "news",
        stage: Stage::new(En),
        steps: vec![
            (desk(State::Live, 1), vec!["silent: old_news"]),
            (Do::AskHuman, vec![OFFERED]),
            (desk(State::Live, 1), vec!["silent: old_news"]),
            (Do::Choose("handoff:accept"), vec![CONSENTED]),
            (Do::Choose("handoff:accept"), vec!["silent: old_news"]),
            (desk(State::Offered, 1), vec!["silent: old_news"]),
            (desk(State::Live, 3), vec!["s1-h1 Live"]),
            (desk(State::Queued, 2), vec!["silent: old_news"]),
            (desk(State::Live, 3), vec!["silent: old_news"]),
            (desk(State::Live, 4), vec!["silent: old_news"]),
            (Do::Desk(H1, State::Live, 5, "Lin", None), vec!["s1-h1 Live"]),
            (Do::Desk("s1-h9", State::Ended, 9, "", None), vec!["silent: old_news"]),
            (desk(State::Ended, 6), vec!["s1-h1 Ended"]),
            (desk(State::Live, 7), vec!["silent: old_news"]),
        ],
    }]);
}

#[test]
fn nobody_on_duty_means_leaving_a_message() {
    check(vec![
        Case {
            name: "zh, a message",
            stage: Stage { now: OFF_DUTY, ..Stage::new(Zh) },
            steps: vec![
                (Do::Say("人工", Nothing), vec![UNAVAILABLE]),
                (Do::Choose("handoff:accept"), vec!["silent: old_news"]),
                (
                    Do::Choose("handoff:leave_message"),
                    vec!["ask 请写下想说的话。会和这些一起发给客服：这里的对话、使用的语言。"],
                ),
                (
                    Do::Say(" ", Nothing),
                    vec!["ask 请写下想说的话。会和这些一起发给客服：这里的对话、使用的语言。"],
                ),
                (Do::Say("请转人工给我打 13800138000", Nothing), vec!["s1-h1 MessageLeft +request"]),
                (Do::Say("谢谢啦", Nothing), vec!["say 不客气。"]),
            ],
        },
        Case {
            name: "the last one went home between the offer and the yes",
            stage: Stage::new(En),
            steps: vec![
                (Do::AskHuman, vec![OFFERED]),
                (Do::Wait(12 * 3_600_000), vec![]),
                (Do::Choose("handoff:accept"), vec![UNAVAILABLE]),
                (Do::Choose("handoff:decline"), vec!["s1-h1 Declined"]),
            ],
        },
        Case {
            name: "the desk knows better than the hours; its key is spent",
            stage: Stage::new(En),
            steps: vec![
                (Do::AskHuman, vec![OFFERED]),
                (Do::Choose("handoff:accept"), vec![CONSENTED]),
                (desk(State::Unavailable, 1), vec![UNAVAILABLE]),
                (
                    Do::Choose("handoff:leave_message"),
                    vec!["ask Write your message. It goes to the team with: this chat, your language."],
                ),
                (Do::Say("please look at it", Nothing), vec!["s1-h2 MessageLeft +request"]),
            ],
        },
    ]);
}

#[test]
fn a_request_that_nobody_takes_expires_once() {
    let expired = "s1-h1 Expired <human> <handoff:leave_message> <handoff:decline>";
    let mut stage = Stage::new(En);
    stage.play(Do::AskHuman);
    assert_eq!(stage.due(), None, "an offer does not expire");
    stage.play(Do::Choose("handoff:accept"));
    assert_eq!(stage.due(), Some(ON_DUTY.plus(300_000)));
    stage.play(desk(State::Queued, 1));
    assert_eq!(stage.play(Do::Wait(299_999)), [""; 0]);
    assert_eq!(stage.play(Do::Wait(1)), [expired]);
    assert_eq!(stage.play(Do::Wait(300_000)), [""; 0]);
    assert_eq!(stage.due(), None);
    // An agent who took it in the same moment is still welcome.
    assert_eq!(stage.play(desk(State::Live, 2)), ["s1-h1 Live"]);

    let mut setting = Stage::new(En);
    setting.playbook.settings.dialogue.handoff_wait_ms = 1_000;
    setting.play(Do::AskHuman);
    setting.play(Do::Choose("handoff:accept"));
    assert_eq!(setting.play(Do::Wait(1_000)), [expired]);
    assert_eq!(setting.play(Do::Choose("human")), ["s1-h2 Offered <handoff:accept> <handoff:decline>"]);
}

#[test]
fn an_escalation_says_its_words_first_and_outranks_what_was_asked() {
    let mut stage = Stage::new(Zh);
    stage.play(Do::AskHuman);
    let lines = stage.play(Do::Say("我的钱不见了", NUMBER));
    assert_eq!(lines, ["say 您的资金安全最要紧，我马上为您转人工。", OFFERED]);
    stage.play(Do::Choose("handoff:accept"));
    let request = stage.request.unwrap();
    assert_eq!((request.reason.as_str(), request.priority), ("escalation:money_lost", 1));
}

#[test]
fn the_human_gets_the_facts_and_no_secrets() {
    let mut stage = Stage::new(En).believing(&[("bind.number.declined", 0.5), ("bind.number.rejected", 0.3)]);
    stage.profile = Profile { elder_mode: true, human: 3, self_service: 1, ..Profile::default() };
    let line = |n: u32| EvidenceLine {
        signal: SignalKind::FormErrorLoop,
        screen: "/cards/new".to_owned(),
        target: format!("bind.{n}"),
        count: n,
        t: ON_DUTY,
    };
    stage.facts.evidence = (0..30).map(line).collect();
    let tried = |what: &str, t| Tried { what: what.to_owned(), outcome: "dismissed".to_owned(), t };
    stage.facts.tried = vec![tried("offer:bind.number.declined", ON_DUTY.plus(-60_000))];
    stage.play(Do::Say("4111 1111 1111 1111 is refused, my phone is 13800138000", NUMBER));
    stage.play(Do::Choose("helped:no"));
    stage.play(Do::AskHuman);
    stage.play(Do::Choose("handoff:accept"));

    let request = stage.request.unwrap();
    golden(&request);
    let stuck = request.stuck.unwrap();
    assert_eq!(stuck.stuck_point, "bind.number.rejected");
    assert_eq!(stuck.path, ["Bank cards", "Link a bank card", "Enter the card number"]);
    assert!((stuck.probability - 0.9).abs() < 1e-9);
    assert_eq!(request.guesses.len(), 1);
    assert_eq!(request.evidence.len(), 20);
    assert_eq!(request.evidence[19].count, 29, "the newest are kept");
    let tried: Vec<_> = request.tried.iter().map(|t| (t.what.as_str(), t.outcome.as_str())).collect();
    assert_eq!(tried, [("offer:bind.number.declined", "dismissed"), ("card:card.number", "unresolved")]);
    assert_eq!(request.preferences, ["prefers_human", "elder_mode"]);
    let first = &request.conversation[0];
    assert_eq!(first.from, Speaker::User);
    assert_eq!(first.text, "[card] is refused, my phone is [phone]");
    let speakers: Vec<_> = request.conversation.iter().map(|line| line.from).collect();
    assert_eq!(
        speakers,
        [Speaker::User, Speaker::Bot, Speaker::User, Speaker::Bot, Speaker::User],
        "{:#?}",
        request.conversation
    );
}

#[test]
fn consent_names_all_that_is_sent() {
    let mut stage = Stage::new(Zh).believing(&[("bind.number.rejected", 0.7)]);
    stage.play(Do::TakeUp("bind.number.rejected"));
    let turns = stage.turns_of(Do::AskHuman);
    let unstuck::action::ActionKind::HandOff(handoff) = &turns[0].kind else { panic!("{turns:?}") };
    assert_eq!(
        handoff.text,
        "要转给人工客服吗？会一并发送：卡住的地方（卡号填了通不过）、试过的办法、这里的对话、使用的语言。卡号、证件号、手机号和密码会先隐去。"
    );
}

#[test]
fn the_table_says_all_and_nothing_leaves_an_end() {
    use State::{Assigned, Cancelled, Consented, Declined, Ended, Expired, Live, MessageLeft};
    use State::{Offered, Queued, Returned, Unavailable};
    let states = [
        Offered,
        Consented,
        Declined,
        Queued,
        Assigned,
        Live,
        Ended,
        Unavailable,
        MessageLeft,
        Cancelled,
        Expired,
        Returned,
    ];
    let ends = [Declined, Ended, MessageLeft, Cancelled, Returned];
    for end in ends {
        for by in [By::Bot, By::User, By::Desk] {
            assert!(states.iter().all(|to| !allowed(end, by, *to)), "{end:?} is an end");
        }
    }
    for state in states.iter().filter(|state| **state != Offered) {
        assert!(TABLE.iter().any(|(_, _, to)| to.contains(state)), "{state:?} is never reached");
    }
    for (from, by, to) in TABLE {
        assert!(!to.contains(from), "{from:?} by {by:?} to itself");
        assert!(to.iter().all(|to| *to != Offered), "nothing goes back to the offer");
        assert!(*by != By::Desk || !matches!(from, Offered | Declined | Unavailable));
    }
}

/// The package is a contract: a change of it is seen. `UNSTUCK_BLESS=1` writes it anew.
fn golden(request: &ContextPackage) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/contracts/context-package.json");
    let text = serde_json::to_string_pretty(request).unwrap() + "\n";
    if std::env::var_os("UNSTUCK_BLESS").is_some() {
        fs::write(&path, &text).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), text);
    let again: ContextPackage = serde_json::from_str(&text).unwrap();
    assert_eq!(&again, request);
    let mut odd: serde_json::Value = serde_json::from_str(&text).unwrap();
    odd["events"] = serde_json::json!([]);
    assert!(serde_json::from_value::<ContextPackage>(odd).is_err(), "raw events are refused");
}
