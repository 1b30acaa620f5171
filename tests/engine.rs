//! The engine as a host sees it: inputs in, actions out.
#![cfg(not(target_arch = "wasm32"))]

#[path = "engine/elder.rs"]
mod elder;
#[path = "engine/offers.rs"]
mod offers;
#[path = "engine/properties.rs"]
mod properties;
#[path = "engine/snapshots.rs"]
mod snapshots;
#[path = "engine/support.rs"]
mod support;
