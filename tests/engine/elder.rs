//! Elder mode, told by the host: it changes the words, is kept in the profile and survives a restore.

use unstuck::{
    Config, Input, Millis,
    action::{Action, ActionKind},
    playbook::{Cause, Language},
    profile::Profile,
};

use crate::support::{Host, Sure, config, engine, playbook, refused, screen};

fn host(config: Config) -> Host {
    let mut playbook = playbook();
    for point in &mut playbook.stuck_points {
        point.offer.plain.insert(Language::En, "Shall I help you?".into());
    }
    Host::new(engine(config, playbook, Sure { stuck: 0.95, cause: Cause::InputRejected }))
}

fn elder(host: &mut Host, on: bool) -> Option<Profile> {
    let t = Millis(host.t);
    host.push(Input::Elder { t, on }).last.profile.clone()
}

/// Is refused until an offer comes; its words.
fn offered(host: &mut Host) -> (String, String) {
    host.event(0, "/cards/new", screen());
    for _ in 0..4 {
        host.event(3_000, "/cards/new", refused("bind.number", "card_number_invalid"));
    }
    host.tick(10_000);
    let offers = host.offers();
    let offer = offers.last().unwrap_or_else(|| panic!("no offer: {:?}", host.codes()));
    (offer.text.clone(), offer.accept.clone())
}

#[test]
fn it_is_kept_in_the_profile_and_words_the_offer() {
    let mut host = host(config());
    assert_eq!(elder(&mut host, true).map(|profile| profile.elder_mode), Some(true));
    assert_eq!(offered(&mut host), ("Shall I help you?".to_owned(), "Show me how".to_owned()));
    assert_eq!(elder(&mut host, false).map(|profile| profile.elder_mode), Some(false));
}

#[test]
fn without_it_the_words_are_the_usual_ones() {
    let (text, accept) = offered(&mut host(config()));
    assert!(text != "Shall I help you?" && accept == "Show me", "{text} {accept}");
}

#[test]
fn a_host_may_begin_with_it() {
    let profile = Profile { elder_mode: true, ..Profile::default() };
    let (text, _) = offered(&mut host(Config { profile, ..config() }));
    assert_eq!(text, "Shall I help you?");
}

#[test]
fn it_survives_a_save_and_a_restore() {
    let mut before = host(config());
    elder(&mut before, true);
    let saved = before.engine.save().unwrap();
    let mut after = host(config());
    after.t = before.t;
    after.engine.restore(&saved).unwrap();
    assert_eq!(offered(&mut after).1, "Show me how");
    let human = |action: &Action| match &action.kind {
        ActionKind::Say(say) => say.choices.iter().any(|choice| choice.id == "human"),
        _ => false,
    };
    after.choose(1_000, "offer:1:accept");
    assert!(after.actions.iter().any(human), "no button to a human under the answer");
}
