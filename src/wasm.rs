//! The exports for JavaScript: converts types and nothing else.
