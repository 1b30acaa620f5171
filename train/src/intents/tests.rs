//! The whole way: questions in, a model file out, the core's answers checked against the trainer's.

use unstuck::{
    ErrorKind, Playbook,
    model::{IntentModel, Intents},
};

use super::{Encoder, Options, Questions, Size, build, evaluate};
use crate::metrics::argmax;

fn fixture() -> Questions {
    let playbook = include_str!("../../../tests/fixtures/playbook.json");
    let playbook: Playbook = serde_json::from_str(playbook).expect("the fixture parses");
    Questions::from_playbook(&playbook).expect("the fixture has questions")
}

fn built(questions: &Questions) -> Vec<u8> {
    let encoder = Encoder::shipped(Size::Full).expect("the encoder ships with the trainer");
    build(questions, &Options { seed: 1, encoder, data: "the fixture".into() }, |_| {})
}

#[test]
fn a_small_playbook_is_learnt_in_both_languages_by_the_same_bytes_each_time() {
    let questions = fixture();
    let file = built(&questions);
    assert!(file == built(&questions), "two builds differ");
    let model = IntentModel::load(&file).unwrap();
    let scores = evaluate(&model, &questions, &[]).unwrap();
    assert!(scores.accuracy > 0.98, "{scores:?}");
    let unseen = [
        ("验证码怎么还不来", "bind.verify.no_code"),
        ("why was my card number refused?", "bind.number.rejected"),
        ("麻烦转一下人工", "human"),
        ("The payment fails all the time", "pay.confirm.failing"),
    ];
    for (text, label) in unseen {
        let posterior = model.posterior(text).unwrap();
        let sum: f32 = posterior.probabilities.iter().sum();
        assert!((sum - 1.0).abs() < 1e-4, "{text}: {sum}");
        assert_eq!(model.labels()[argmax(&posterior.probabilities)], label, "{text}");
        assert!(posterior.out_of_scope < 0.5, "{text}: {}", posterior.out_of_scope);
    }
    for text in ["今天天气怎么样", ""] {
        let posterior = model.posterior(text).unwrap();
        assert!(posterior.out_of_scope > 0.5, "{text}: {}", posterior.out_of_scope);
    }
}

#[test]
fn broken_questions_are_refused_with_the_place() {
    let cases = [
        ("", "questions", "no question"),
        ("a b\tx\nno tab\n", "line 2", "a tab"),
        ("a\tx\nb\tx\n", "questions", "labels with questions: 1;"),
    ];
    for (tsv, place, says) in cases {
        let error = Questions::from_tsv(tsv).expect_err(tsv);
        assert_eq!((error.kind(), error.place()), (ErrorKind::Input, place), "{error}");
        assert!(error.detail().contains(says), "{error}");
    }
    let error = Questions::from_tsv_for("a\tz\n", &["x".to_owned()]).unwrap_err();
    assert!(error.to_string().contains("line 1: the label `z` is unknown"), "{error}");
}

#[test]
fn what_its_author_will_not_have_meant_is_said_with_the_line() {
    let tsv = "pay\tx\nPay!\tx\n\nrefund\ty\npay\ty\n？！\ty\n";
    let questions = Questions::from_tsv(tsv).unwrap();
    assert_eq!(questions.rows.len(), 4);
    let says =
        ["line 6: the text `？！` has no letter", "line 2: the same text as in line 1; it counts twice"];
    let conflict = "line 5: the same text as in line 1, but with the label `y` and not `x`";
    assert_eq!(questions.doubts.len(), 3);
    for (doubt, says) in questions.doubts.iter().zip(says.into_iter().chain([conflict])) {
        assert!(doubt.starts_with(says), "{doubt}");
    }
}
