//! What can happen in a visit, a function a scene. Chance decides times, tries and answers.

mod app;
mod clock;
mod desk;
mod rubbish;
mod struggle;
mod talk;

use crate::visit::Visit;

/// A scene and what it shows.
pub type Scene = (&'static str, fn(&mut Visit));

/// Their number is odd, so that each comes in both languages.
pub const ALL: [Scene; 23] = [
    ("a card is linked without trouble", app::links_a_card),
    ("a merchant is paid without trouble", app::pays),
    ("a look around", app::looks_around),
    ("the card number is refused", struggle::number_refused),
    ("the kind of card is refused", struggle::card_not_supported),
    ("the code does not come", struggle::no_code),
    ("the merchant is not found", struggle::not_found),
    ("the payment fails", struggle::payment_fails),
    ("a button is dead", struggle::dead_button),
    ("the app is slow and broken", struggle::slow_and_broken),
    ("a form is given up", struggle::gives_up_a_form),
    ("somebody hesitates", struggle::hesitates),
    ("questions are typed", talk::asks),
    ("somebody is angry", talk::is_angry),
    ("strange texts are typed", talk::types_strangely),
    ("the code's flow", talk::flow_of_the_code),
    ("the payment's flow", talk::flow_of_the_payment),
    ("a guide is asked for", talk::guides),
    ("a human is asked for", desk::asks_for_a_human),
    ("a human takes over", desk::takes_over),
    ("the desk's news come in any order", desk::any_news),
    ("the clock jumps", clock::jumps),
    ("rubbish comes in", rubbish::rubbish),
];
