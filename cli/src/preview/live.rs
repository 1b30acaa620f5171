//! The playbook while it is written: read again whenever a file changes, and its last good state kept.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};

use serde::Serialize;
use tokio::sync::watch;
use unstuck::{Playbook, playbook::Severity};
use unstuck_cli::source::{self, Finding, Location, Source};

/// How often the files are looked at: soon enough to seem at once, seldom enough to cost nothing.
const LOOK: Duration = Duration::from_millis(500);

/// The lists of a playbook whose items have a page of their own.
const LISTS: [&str; 8] =
    ["journeys", "stuck_points", "cards", "guides", "tools", "flows", "intents", "escalations"];

/// What is known of the playbook now.
#[derive(Clone, Debug, Default, Serialize)]
pub struct State {
    /// Counts the changes, from 1.
    pub revision: u64,
    /// What `unstuck preview` was told to show.
    pub source: String,
    /// The last state without errors; none where there was none yet.
    pub playbook: Option<Playbook>,
    /// Where each item of the playbook's lists was written, in their order.
    pub places: BTreeMap<&'static str, Vec<Option<Location>>>,
    /// Whether `playbook` is what the files say now.
    pub current: bool,
    /// What `unstuck check` finds in the files now.
    pub findings: Vec<Finding>,
}

/// The files' names, times and lengths: another value means that something was saved.
type Stamp = Vec<(PathBuf, Option<SystemTime>, u64)>;

/// Holds the state, and tells who waits for the next.
#[derive(Clone)]
pub struct Live {
    path: PathBuf,
    state: watch::Sender<Arc<State>>,
    read: Stamp,
}

impl Live {
    /// Reads the playbook for the first time.
    pub fn new(path: PathBuf) -> Self {
        let read = stamp(&path);
        let state = watch::Sender::new(Arc::new(next(&path, &State::default())));
        Self { path, state, read }
    }

    /// The state now.
    pub fn state(&self) -> Arc<State> {
        self.state.borrow().clone()
    }

    /// Hears of every state, the one of now first.
    pub fn subscribe(&self) -> watch::Receiver<Arc<State>> {
        let mut states = self.state.subscribe();
        states.mark_changed();
        states
    }

    /// Looks at the files again and again, for as long as the server runs.
    pub async fn watch(mut self) {
        let mut looks = tokio::time::interval(LOOK);
        loop {
            looks.tick().await;
            // Reading and checking a long playbook takes longer than other tasks should wait.
            match tokio::task::spawn_blocking(move || {
                self.look();
                self
            })
            .await
            {
                Ok(live) => self = live,
                Err(error) => return eprintln!("The files are no longer watched ({error}): start it again."),
            }
        }
    }

    /// Reads the files again if one was saved, came or went.
    pub fn look(&mut self) {
        let seen = stamp(&self.path);
        if seen == self.read {
            return;
        }
        // Taken before the files are read: what is saved meanwhile is seen by the next look.
        self.read = seen;
        let state = next(&self.path, &self.state());
        self.state.send_replace(Arc::new(state));
    }
}

/// What the files say now; of files with errors only the findings, beside the last good state.
fn next(path: &Path, before: &State) -> State {
    let (playbook, findings) = match source::examine(path) {
        Ok(examined) => examined,
        Err(refusal) => (None, refusal.findings().to_vec()),
    };
    let sound = !findings.iter().any(|finding| finding.severity == Severity::Error);
    let good = playbook.filter(|_| sound);
    let kept = State {
        revision: before.revision + 1,
        source: path.display().to_string(),
        findings,
        ..before.clone()
    };
    match good {
        Some(playbook) => State { playbook: Some(playbook), places: places(path), current: true, ..kept },
        None => State { current: false, ..kept },
    }
}

fn places(path: &Path) -> BTreeMap<&'static str, Vec<Option<Location>>> {
    let Ok(source) = Source::read(path) else { return BTreeMap::new() };
    let of = |list: &str| {
        let length = source.json.get(list).and_then(|items| items.as_array()).map_or(0, Vec::len);
        (0..length).map(|n| source.locate(&format!("/{list}/{n}")).cloned()).collect()
    };
    LISTS.into_iter().map(|list| (list, of(list))).collect()
}

fn stamp(path: &Path) -> Stamp {
    let stamped = |file: PathBuf| {
        let about = file.metadata().ok();
        let saved = about.as_ref().and_then(|about| about.modified().ok());
        let length = about.map_or(0, |about| about.len());
        (file, saved, length)
    };
    source::files(path).unwrap_or_default().into_iter().map(stamped).collect()
}
