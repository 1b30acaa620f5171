//! Elder mode: plainer words, and a human sooner; with the reason for it.

use unstuck::{
    action::{ActionKind, Reason},
    dialogue::{Turn, wording},
    playbook::{
        Language::{self, En, Zh},
        Text,
    },
    profile::Profile,
};

use crate::stage::{
    Case, Do,
    Means::{Foreign, Nothing, These},
    Stage, check,
};

const HUMAN: &str = "s1-h1 Offered <handoff:accept> <handoff:decline>";
const GAVE_UP: &str = "say I can't fix this for you. A real person can help you.";

fn elder(language: Language) -> Stage {
    Stage { profile: Profile { elder_mode: true, ..Profile::default() }, ..Stage::new(language) }
}

#[test]
fn the_words_are_plainer_and_the_button_to_a_human_is_always_there() {
    check(vec![
        Case {
            name: "a card, zh",
            stage: elder(Zh),
            steps: vec![
                (
                    Do::TakeUp("bind.number.rejected"),
                    vec![
                        "say 请照下面的话做： [card.number] <guide:guide.number> <helped:yes> <helped:no> <human>",
                    ],
                ),
                (Do::Say("好了", Nothing), vec!["say 太好了。以后有问题，再来问我。"]),
            ],
        },
        Case {
            name: "a flow, en: each of its questions",
            stage: elder(En),
            steps: vec![
                (
                    Do::TakeUp("bind.verify.no_code"),
                    vec!["ask Do you still use the phone number your bank holds? <flow:0> <flow:1> <human>"],
                ),
                (Do::Choose("flow:0"), vec!["ask Send the code again now? <tool:yes> <tool:no> <human>"]),
                (
                    Do::Say("Yes, please do it", Nothing),
                    vec!["say Doing this now: Send the code again. Please wait…", "run resend_code()"],
                ),
            ],
        },
        Case {
            name: "a flow's question is left for a human",
            stage: elder(En),
            steps: vec![
                (Do::TakeUp("pay.confirm.failing"), vec!["ask What is the order number? <human>"]),
                (Do::Choose("human"), vec![HUMAN]),
            ],
        },
    ]);
}

#[test]
fn a_human_comes_after_fewer_failures() {
    let unclear = "ask I did not understand. Please say it in other words, or talk to a real person. <human>";
    let again =
        "ask I didn't get that. Could you put it another way, or tell me which step you're at? <human>";
    check(vec![
        Case {
            name: "two turns that were not understood",
            stage: elder(En),
            steps: vec![
                (Do::Say("it", Nothing), vec![unclear]),
                (Do::Say("that", Nothing), vec![GAVE_UP, HUMAN]),
            ],
        },
        Case {
            name: "else it is three",
            stage: Stage::new(En),
            steps: vec![(Do::Say("it", Nothing), vec![again]), (Do::Say("that", Nothing), vec![again])],
        },
    ]);
    let refused = |stage: &mut Stage| {
        stage.play(Do::TakeUp("pay.confirm.failing"));
        (0..).take_while(|_| !stage.play(Do::Say("?", Nothing)).iter().any(|line| line == HUMAN)).count()
    };
    assert_eq!((refused(&mut elder(En)), refused(&mut Stage::new(En))), (1, 2));
}

#[test]
fn how_soon_is_a_setting_and_never_later_than_without() {
    for (elder_failures, failures, expected) in [(1, 3, 1), (2, 3, 2), (9, 3, 3), (0, 3, 1)] {
        let mut stage = elder(En);
        stage.playbook.settings.dialogue.elder.failures = elder_failures;
        stage.playbook.settings.dialogue.failures = failures;
        let turns = (1..9).find(|_| stage.play(Do::Say("it", Nothing)).iter().any(|line| line == HUMAN));
        assert_eq!(turns, Some(expected), "{elder_failures} of {failures}");
    }
}

/// The reasons of the last turn after these steps.
fn reasons(mut stage: Stage, steps: &[Do]) -> Vec<String> {
    let (last, before) = steps.split_last().unwrap();
    for step in before {
        stage.play(*step);
    }
    let turns: Vec<Turn> = stage.turns_of(*last);
    let code = |reason: &Reason| reason.code.clone();
    turns.last().unwrap().reasons.iter().map(code).collect()
}

#[test]
fn the_reason_says_so_only_where_elder_mode_made_it_sooner() {
    let twice = [Do::Say("what is the tallest mountain", Foreign), Do::Say("and the longest river", Foreign)];
    assert_eq!(reasons(elder(En), &twice), ["not_resolved", "elder_mode"]);
    let slots = [Do::TakeUp("pay.confirm.failing"), Do::Say("?", Nothing), Do::Say("?", Nothing)];
    assert_eq!(reasons(elder(En), &slots), ["not_resolved", "elder_mode"]);
    // Nothing is left to try: it would have ended here all the same.
    let mut exhausted = elder(En);
    exhausted.playbook.cards.iter_mut().for_each(|card| card.guide = None);
    let number = These(&[("bind.number.rejected", 0.9)]);
    let helped = [Do::Say("the card number is refused", number), Do::Choose("helped:no")];
    assert_eq!(reasons(exhausted, &helped), ["not_resolved"]);
}

#[test]
fn the_playbooks_plain_words_are_used_where_there_are_any() {
    let text = |usual: &str, plain: Option<&str>| Text {
        words: [(En, usual.to_owned())].into(),
        plain: plain.map(|plain| (En, plain.to_owned())).into_iter().collect(),
    };
    let worded = |stage: Stage| {
        let mut stage = stage;
        stage.playbook.wording.insert("here".into(), text("Ta-da:", Some("Look here:")));
        stage.playbook.wording.insert("glad".into(), text("Great.", None));
        let card = stage.playbook.cards.iter_mut().find(|card| card.id == "card.number").unwrap();
        card.body = text("Check the digits.", Some("Type the numbers one by one."));
        stage
    };
    for (stage, here, body) in [
        (elder(En), "Look here:", "Type the numbers one by one."),
        (Stage::new(En), "Ta-da:", "Check the digits."),
    ] {
        let mut stage = worded(stage);
        let turns = stage.turns_of(Do::TakeUp("bind.number.rejected"));
        let ActionKind::Say(say) = &turns[0].kind else { panic!("{turns:?}") };
        assert_eq!((say.text.as_str(), say.card.as_ref().unwrap().body.as_str()), (here, body));
        assert_eq!(stage.play(Do::Choose("helped:yes")), ["say Great."], "no plain words: the usual ones");
    }
}

#[test]
fn the_human_reads_the_usual_words() {
    let mut stage = elder(En);
    let point = stage.playbook.stuck_points.iter_mut().find(|p| p.id == "bind.number.rejected").unwrap();
    point.title.plain.insert(En, "The number does not work".into());
    let usual = point.title.get(En).to_owned();
    stage.play(Do::TakeUp("bind.number.rejected"));
    stage.play(Do::AskHuman);
    stage.play(Do::Choose("handoff:accept"));
    let request = stage.request.unwrap();
    assert_eq!((request.stuck.unwrap().title, request.preferences), (usual, vec!["elder_mode".to_owned()]));
}

#[test]
fn plain_sentences_say_the_same_values() {
    for sentence in wording::ALL {
        let Some((zh, en)) = sentence.plain else { continue };
        assert!((zh, en) != (sentence.zh, sentence.en), "{}: nothing is plainer", sentence.key);
        for part in
            sentence.en.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
        {
            let part = format!("{{{part}}}");
            assert!(zh.contains(&part) && en.contains(&part), "{}: {part}", sentence.key);
        }
    }
}
