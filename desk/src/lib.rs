//! The human side: handoffs and messages in SQLite, a live channel to both sides, and the API of the
//! agent's page. The contract is `desk/openapi.yaml`; any other desk that keeps it will do.
//!
//! There are no logins yet, so it serves this machine only: see [`loopback_only`].

mod agent;
mod desk;
mod guard;
mod live;
mod presence;
mod refusal;
mod store;
mod user;
mod wire;

pub use desk::{Desk, Settings, router};
pub use guard::{loopback_only, same_origin};
pub use refusal::Refusal;
pub use store::Store;
pub use wire::{Agent, Detail, Frame, FrameBody, Message, Summary};
