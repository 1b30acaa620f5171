//! Simulator, heads and trainer: native only.
