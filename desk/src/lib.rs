//! The human side: server and store.
