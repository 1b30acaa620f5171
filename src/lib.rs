//! Unstuck runs where the customer is: it infers from in-app events where the user is stuck and why,
//! offers the way out at the right moment, talks in Chinese and English, and brings in a human only
//! when that is better.
//!
//! One way through, each stage importing only earlier ones:
//! [`event`] → [`signal`] → [`features`] → [`model`] → [`belief`] → [`policy`] → [`dialogue`] →
//! [`handoff`], composed by [`engine`] alone. [`action`] and [`playbook`] are plain data that any
//! stage may read. Nothing here reads a clock, draws a random number or does I/O.

pub mod error;
pub mod time;
pub mod window;

pub mod action;
pub mod bundle;
pub mod playbook;

pub mod event;
pub mod signal;

pub mod features;
pub mod model;
pub mod profile;

pub mod belief;
pub mod policy;

pub mod dialogue;
pub mod handoff;
pub mod insight;

pub mod engine;
pub mod snapshot;

#[cfg(feature = "wasm")]
pub mod wasm;

pub use engine::{Bundle, Config, Engine, Input, Output};
pub use error::{Error, ErrorKind, Result};
pub use event::{Event, EventKind};
pub use playbook::Playbook;
pub use time::Millis;
