//! What other tests build on must itself be sound.
#![allow(clippy::unwrap_used)]

use unstuck::Playbook;

#[test]
fn the_fixture_playbook_reads_and_writes_back() {
    let playbook: Playbook = serde_json::from_str(include_str!("fixtures/playbook.json")).unwrap();
    let again: Playbook = serde_json::from_value(serde_json::to_value(&playbook).unwrap()).unwrap();
    assert_eq!(again, playbook);
    for point in &playbook.stuck_points {
        for language in &playbook.languages {
            let questions = point.questions.get(language).map_or(0, Vec::len);
            assert!(questions >= 8, "{}: {questions} questions in {language:?}", point.id);
        }
    }
}
