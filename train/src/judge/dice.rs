//! Dice of the judge's own: PCG32 (O'Neill, 2014), and the distributions that waiting and giving up have.

/// A stream that a seed alone decides.
#[derive(Clone, Debug)]
pub struct Dice {
    state: u64,
}

const STEP: u64 = 6_364_136_223_846_793_005;
const STREAM: u64 = 1_442_695_040_888_963_407;

impl Dice {
    /// The stream of a seed.
    pub fn new(seed: u64) -> Self {
        let mut dice = Self { state: seed.wrapping_add(STREAM) };
        dice.roll();
        dice
    }

    /// The next 32 bits.
    pub fn roll(&mut self) -> u32 {
        let old = self.state;
        self.state = old.wrapping_mul(STEP).wrapping_add(STREAM);
        let shifted = (((old >> 18) ^ old) >> 27) as u32;
        shifted.rotate_right((old >> 59) as u32)
    }

    /// A seed for another stream.
    pub fn seed(&mut self) -> u64 {
        u64::from(self.roll()) << 32 | u64::from(self.roll())
    }

    /// Above 0 and below 1.
    pub fn share(&mut self) -> f64 {
        (f64::from(self.roll()) + 0.5) / 4_294_967_296.0
    }

    /// True this often.
    pub fn odds(&mut self, probability: f64) -> bool {
        self.share() < probability
    }

    /// A whole number from `low` to `high`, both included.
    pub fn whole(&mut self, low: usize, high: usize) -> usize {
        low + (self.share() * (high - low + 1) as f64) as usize
    }

    /// One of these.
    pub fn one<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.whole(0, items.len() - 1)]
    }

    /// Evenly between two numbers.
    pub fn even(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.share()
    }

    /// The wait for what comes at random, around a mean.
    pub fn exponential(&mut self, mean: f64) -> f64 {
        -mean * self.share().ln()
    }

    /// How long something lasts whose hazard grows (`shape` above 1) or falls.
    pub fn weibull(&mut self, scale: f64, shape: f64) -> f64 {
        scale * (-self.share().ln()).powf(1.0 / shape)
    }

    /// Heavy in the tail: at least `least`, the tail falls with `exponent`.
    pub fn pareto(&mut self, least: f64, exponent: f64) -> f64 {
        least * self.share().powf(-1.0 / exponent)
    }

    /// A gamma draw of whole shape: a sum of exponential ones, around a mean.
    pub fn gamma(&mut self, mean: f64, shape: usize) -> f64 {
        (0..shape).map(|_| self.exponential(mean / shape as f64)).sum()
    }

    /// Around a median, the logarithm is normal (the sum of twelve even draws).
    pub fn lognormal(&mut self, median: f64, sigma: f64) -> f64 {
        let normal: f64 = (0..12).map(|_| self.share()).sum::<f64>() - 6.0;
        median * (sigma * normal).exp()
    }

    /// A position, as likely as its weight.
    pub fn among(&mut self, weights: &[f64]) -> usize {
        let mut left = self.share() * weights.iter().sum::<f64>();
        weights
            .iter()
            .position(|w| {
                left -= w;
                left < 0.0
            })
            .unwrap_or(weights.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distributions_have_their_means() {
        let mut dice = Dice::new(5);
        let mut mean =
            |draw: fn(&mut Dice) -> f64| (0..40_000).map(|_| draw(&mut dice)).sum::<f64>() / 40_000.0;
        assert!((mean(|d| d.exponential(3.0)) - 3.0).abs() < 0.1);
        assert!((mean(|d| d.gamma(5.0, 3)) - 5.0).abs() < 0.1);
        // The mean of a Weibull draw of shape 2 is scale · √π / 2.
        assert!((mean(|d| d.weibull(2.0, 2.0)) - 1.772).abs() < 0.03);
        // That of a Pareto draw is least · exponent / (exponent − 1).
        assert!((mean(|d| d.pareto(1.0, 4.0)) - 1.333).abs() < 0.03);
        assert!((mean(|d| d.lognormal(2.0, 0.5)) - 2.266).abs() < 0.06);
    }
}
