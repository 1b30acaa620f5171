//! Whole conversations, turn by turn, in both languages.
#![allow(clippy::unwrap_used)]

mod elder;
mod flows;
mod humans;
mod privacy;
mod stage;
mod turns;
