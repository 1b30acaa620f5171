//! Humans at the desk, as a user and a network see them.

use serde_json::{Value, json};
use unstuck::{
    action::handoff::State,
    handoff::machine::{By, TABLE},
};

use crate::visit::Visit;

const STATES: [State; 12] = [
    State::Offered,
    State::Consented,
    State::Declined,
    State::Queued,
    State::Assigned,
    State::Live,
    State::Ended,
    State::Unavailable,
    State::MessageLeft,
    State::Cancelled,
    State::Expired,
    State::Returned,
];

pub fn asks_for_a_human(visit: &mut Visit) {
    if visit.dice.percent(50) {
        visit.after(visit.pause(), json!({ "input": "ask_human" }));
    } else {
        let text = *visit.dice.one(&["转人工", "I want a real person", "钱不见了", "I have been scammed"]);
        visit.says(visit.pause(), text);
    }
    answer_desk(visit);
}

/// As it should go: a yes, the queue, a human, the end.
pub fn takes_over(visit: &mut Visit) {
    visit.after(visit.pause(), json!({ "input": "ask_human" }));
    visit.chooses(2_000, "handoff:accept");
    let way = *visit.dice.one(&[
        &[State::Queued, State::Queued, State::Assigned, State::Live, State::Ended][..],
        &[State::Queued, State::Live, State::Returned],
        &[State::Assigned, State::Returned],
        &[State::Queued, State::Assigned, State::Queued, State::Live, State::Queued, State::Expired],
    ]);
    for state in way {
        let Some((key, _)) = visit.handoff.clone() else { return };
        visit.revision += 1;
        news(visit, &key, *state, visit.revision);
        if *state == State::Live {
            visit.after(3_000, json!({ "input": "agent", "text": "您好 👋 I am looking at it." }));
            visit.says(3_000, if visit.zh { "好的，谢谢 🙏" } else { "thanks 🙏" });
        }
    }
    visit.says(5_000, if visit.zh { "支持哪些银行的卡" } else { "which banks are supported" });
}

/// Consent, then whatever the desk says.
pub fn any_news(visit: &mut Visit) {
    news(visit, "g-none-h1", State::Live, 1);
    visit.after(visit.pause(), json!({ "input": "ask_human" }));
    visit.chooses(2_000, "handoff:accept");
    for _ in 0..visit.dice.between(4, 12) {
        one_news(visit);
    }
}

/// The user's side of a handoff until it is over or left alone.
pub fn answer_desk(visit: &mut Visit) {
    for _ in 0..visit.dice.between(3, 10) {
        let Some((_, state)) = &visit.handoff else { return };
        match state {
            State::Offered => offered(visit),
            State::Unavailable | State::Expired => leave_message(visit),
            State::Consented | State::Queued => match visit.dice.between(0, 10) {
                0 => visit.chooses(2_000, "handoff:cancel"),
                1 => visit.waits(310_000),
                2 => visit.after(2_000, json!({ "input": "ask_human" })),
                _ => one_news(visit),
            },
            State::Assigned | State::Live => match visit.dice.between(0, 10) {
                0 => visit.chooses(2_000, "handoff:cancel"),
                1 | 2 => visit.says(3_000, "好的，谢谢 🙏"),
                3 | 4 => visit
                    .after(3_000, json!({ "input": "agent", "text": "您好 👋 I am looking at order 𠮷-1." })),
                _ => one_news(visit),
            },
            _ => return,
        }
    }
}

fn offered(visit: &mut Visit) {
    match visit.dice.between(0, 12) {
        0 => visit.chooses(2_000, "handoff:decline"),
        1 => visit.says(2_000, if visit.zh { "不用" } else { "no thanks" }),
        2 => visit.says(2_000, if visit.zh { "是的" } else { "yes" }),
        3 => visit.chooses(2_000, "handoff:cancel"),
        // The desk may close before the user agrees.
        4 | 5 => visit.chooses(70_000, "handoff:accept"),
        6 => visit.says(2_000, if visit.zh { "我的钱不见了" } else { "my money is gone" }),
        _ => visit.chooses(2_000, "handoff:accept"),
    }
}

fn leave_message(visit: &mut Visit) {
    if visit.dice.percent(25) {
        return visit.chooses(2_000, "handoff:decline");
    }
    visit.chooses(2_000, "handoff:leave_message");
    if visit.dice.percent(20) {
        visit.says(1_000, " ");
    }
    visit.says(9_000, "请回电 13912345678，订单 ORDER-20251123 💳 thanks");
}

/// One piece of news: mostly what may follow, sometimes old, repeated, foreign or impossible.
fn one_news(visit: &mut Visit) {
    let Some((key, state)) = visit.handoff.clone() else { return };
    let follows = TABLE.iter().filter(|(from, by, _)| *from == state && *by == By::Desk);
    let follows: Vec<State> = follows.flat_map(|(.., next)| next.iter().copied()).collect();
    let next = match visit.dice.between(0, 10) {
        0 => *visit.dice.one(&STATES),
        1 => state,
        _ if follows.is_empty() => *visit.dice.one(&STATES),
        _ => *visit.dice.one(&follows),
    };
    match visit.dice.between(0, 12) {
        0 => news(visit, &key, next, visit.revision),
        1 => news(visit, "another-h9", next, visit.revision + 1),
        _ => {
            visit.revision += 1;
            news(visit, &key, next, visit.revision);
        }
    }
}

fn news(visit: &mut Visit, key: &str, state: State, revision: u32) {
    let agent = *visit.dice.one(&["", "Lin", "林小姐 🎧", "Ångström 𝒵"]);
    let position = if visit.dice.percent(50) { json!(visit.dice.between(1, 9)) } else { Value::Null };
    let update =
        json!({ "handoff": key, "state": state, "revision": revision, "agent": agent, "position": position });
    visit.after(visit.pause(), json!({ "input": "handoff", "update": update }));
}
