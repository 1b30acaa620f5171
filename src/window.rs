//! A buffer bounded by time and by count: the only kind of memory that a detector has.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::time::Millis;

/// At most `N` items with their times, oldest first; over that the oldest goes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Window<T, const N: usize> {
    items: VecDeque<(Millis, T)>,
}

impl<T, const N: usize> Default for Window<T, N> {
    fn default() -> Self {
        Self { items: VecDeque::new() }
    }
}

impl<T, const N: usize> Window<T, N> {
    /// Adds an item; where that makes more than `N`, the oldest goes.
    pub fn push(&mut self, at: Millis, item: T) {
        self.items.push_back((at, item));
        while self.items.len() > N {
            self.items.pop_front();
        }
    }

    /// Forgets what is older than `span_ms` before `now`; what is exactly as old stays.
    pub fn keep(&mut self, now: Millis, span_ms: u32) {
        self.items.retain(|(at, _)| now.since(*at) <= i64::from(span_ms));
    }

    /// Keeps the items for which `wanted` holds.
    pub fn retain(&mut self, mut wanted: impl FnMut(Millis, &T) -> bool) {
        self.items.retain(|(at, item)| wanted(*at, item));
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.items.clear();
    }

    /// The items with their times, oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Millis, &T)> {
        self.items.iter().map(|(at, item)| (*at, item))
    }

    /// The items, oldest first, to be changed in place.
    pub fn items_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut T> {
        self.items.iter_mut().map(|(_, item)| item)
    }

    /// The oldest item.
    pub fn first(&self) -> Option<(Millis, &T)> {
        self.iter().next()
    }

    /// The newest item.
    pub fn last(&self) -> Option<(Millis, &T)> {
        self.iter().next_back()
    }

    /// Takes the newest item out.
    pub fn pop_last(&mut self) -> Option<(Millis, T)> {
        self.items.pop_back()
    }

    /// How many items there are; at most `N`.
    pub fn count(&self) -> u32 {
        u32::try_from(self.items.len()).unwrap_or(u32::MAX)
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(times: &[i64]) -> Window<i64, 3> {
        let mut window = Window::default();
        for t in times {
            window.push(Millis(*t), *t);
        }
        window
    }

    fn items(window: &Window<i64, 3>) -> Vec<i64> {
        window.iter().map(|(_, item)| *item).collect()
    }

    #[test]
    fn over_the_count_the_oldest_goes() {
        assert_eq!(items(&filled(&[1, 2, 3, 4, 5])), [3, 4, 5]);
    }

    #[test]
    fn what_is_older_than_the_span_goes_and_the_edge_stays() {
        let mut window = filled(&[100, 200, 300]);
        window.keep(Millis(700), 500);
        assert_eq!(items(&window), [200, 300]);
    }

    #[test]
    fn a_jump_of_the_clock_to_its_ends_does_not_overflow() {
        let mut window = filled(&[i64::MIN, 0]);
        window.keep(Millis(i64::MAX), u32::MAX);
        assert!(window.is_empty());
    }

    #[test]
    fn it_survives_a_snapshot() {
        let window = filled(&[7, 8]);
        let json = serde_json::to_string(&window).unwrap();
        assert_eq!(json, "[[7,7],[8,8]]");
        assert_eq!(serde_json::from_str::<Window<i64, 3>>(&json).unwrap(), window);
    }
}
