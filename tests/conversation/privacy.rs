//! What is kept is bounded and holds no secret.

use unstuck::{dialogue::Dialogue, playbook::Language::En};

use crate::stage::{Do, Means, Stage};

#[test]
fn a_long_talk_stays_small_and_holds_no_secret() {
    let mut stage = Stage::new(En).believing(&[("bind.number.rejected", 0.6)]);
    let secret = "my password is hunter2 and my card 4111111111111111";
    let long: &'static str = Box::leak("blah ".repeat(2_000).into_boxed_str());
    let ids = ["bind.number.rejected", "bind.verify.no_code", "pay.confirm.failing", "pay.find.not_found"];
    for round in 0..50 {
        stage.play(Do::TakeUp(ids[round % ids.len()]));
        stage.play(Do::Say(secret, Means::Nothing));
        stage.play(Do::Say(long, Means::Foreign));
        stage.play(Do::Choose("helped:no"));
        stage.play(Do::AskHuman);
        stage.play(Do::Choose("handoff:decline"));
    }
    let saved = serde_json::to_string(&stage.conversation).unwrap();
    assert!(saved.len() < 40_000, "{} bytes", saved.len());
    assert!(!saved.contains("hunter2") && !saved.contains("4111111111111111"));
    let dialogue: &Dialogue = stage.conversation.dialogue();
    assert!(dialogue.lines().len() <= 40 && dialogue.tried().len() <= 20);
}
