//! The whole way: questions in, a model file out, the core's answers checked against the trainer's.

use unstuck::{
    ErrorKind, Playbook,
    model::{IntentModel, Intents},
};

use super::{Options, Questions, build, evaluate};
use crate::metrics::argmax;

fn fixture() -> Questions {
    let playbook = include_str!("../../../tests/fixtures/playbook.json");
    let playbook: Playbook = serde_json::from_str(playbook).expect("the fixture parses");
    Questions::from_playbook(&playbook).expect("the fixture has questions")
}

fn options() -> Options {
    Options { seed: 1, data: "the fixture".into() }
}

#[test]
fn a_small_playbook_is_learnt_in_both_languages_by_the_same_bytes_each_time() {
    let questions = fixture();
    let file = build(&questions, &options());
    assert!(file == build(&questions, &options()), "two builds differ");
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
        ("a\tx\nb\tx\n", "questions", "1 labels"),
        ("a\tx\n？！\ty\n", "y", "no letter"),
    ];
    for (tsv, place, says) in cases {
        let error = Questions::from_tsv(tsv).expect_err(tsv);
        assert_eq!((error.kind(), error.place()), (ErrorKind::Input, place), "{error}");
        assert!(error.detail().contains(says), "{error}");
    }
    let error = Questions::from_tsv_for("a\tz\n", &["x".to_owned()]).unwrap_err();
    assert!(error.to_string().contains("line 1: the label `z` is unknown"), "{error}");
}
