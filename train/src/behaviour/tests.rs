use unstuck::{features::schema::SLOTS, model::Behaviour};

use super::{
    export::Calibration,
    fit::{Settings, batch, softmax},
    network::{Network, forward},
    tape::{Tape, sigmoid},
    *,
};
use crate::random::Random;

/// What the tape says of whole visits is what tract says of one moment after the other.
#[test]
fn the_file_says_what_the_network_says() {
    let network = Network::random(&mut Random::new(3));
    let calibration = Calibration { stuck: (0.8, -1.0), slot: 1.3, cause: 0.7 };
    let model = BehaviourModel::load(&export(&network, &calibration, &meta("", &calibration, None))).unwrap();
    let visits = prepare(simulate(9, 3, Odds { stuck: 1.0, ..Odds::default() }));
    for visit in &visits {
        let input = batch(&[visit], usize::MAX);
        let mut tape = Tape::default();
        let parameters = network.lay(&mut tape);
        let logits = forward(&mut tape, &parameters, &input);
        let mut state = model.start();
        for (t, moment) in visit.moments.iter().enumerate() {
            let said = model.step(&mut state, &moment.input).unwrap();
            let stuck = sigmoid(0.8 * tape.value(logits.stuck)[[t, 0]] - 1.0);
            let masked = |(x, m): (&f32, &f32)| if *m > 0.0 { *x } else { -1e4 };
            let slot: Vec<f32> =
                tape.value(logits.slot).row(t).iter().zip(input.filled.row(t)).map(masked).collect();
            let cause = tape.value(logits.cause).row(t).to_vec();
            let want = [vec![stuck], softmax(&slot, 1.3), softmax(&cause, 0.7)].concat();
            let is = [vec![said.stuck], said.slot.to_vec(), said.cause.to_vec()].concat();
            for (a, b) in is.iter().zip(&want) {
                assert!((a - b).abs() < 1e-4, "moment {t}: {a} and {b}");
            }
            assert!(
                said.slot[moment.input.filled..SLOTS].iter().all(|p| *p < 1e-6),
                "an empty slot has weight"
            );
        }
    }
}

#[test]
fn a_short_training_learns_something() {
    let visits = prepare(simulate(11, 60, Odds::default()));
    let mut losses = Vec::new();
    let settings = Settings { epochs: 6, batch: 10, ..Settings::default() };
    let network = fit(&visits, &settings, |_, loss| losses.push(loss));
    assert!(losses[5] < 0.6 * losses[0], "{losses:?}");
    assert_eq!(network, fit(&visits, &settings, |_, _| {}), "a seed decides everything");
}
