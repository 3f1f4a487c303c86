//! Chance that repeats: what a client decides follows from the seed, the cycle and the client alone.

/// SplitMix64, so that a seed means the same for as long as this file does.
pub struct Dice(u64);

impl Dice {
    /// Those of one client in one cycle.
    pub fn of(seed: u64, cycle: u64, client: u64) -> Dice {
        let mut dice = Dice(seed);
        for part in [cycle, client] {
            dice.0 = dice.roll() ^ part;
        }
        dice
    }

    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.roll() % end.max(1)
    }

    pub fn one_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    /// One of these; `None` when there are none.
    pub fn pick<'a, T>(&mut self, among: &'a [T]) -> Option<&'a T> {
        let at = self.below(among.len() as u64);
        among.get(at as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_rolls_the_same_and_another_client_does_not() {
        let rolls = |seed, cycle, client| {
            let mut dice = Dice::of(seed, cycle, client);
            (0..4).map(|_| dice.roll()).collect::<Vec<_>>()
        };
        assert_eq!(rolls(7, 1, 2), rolls(7, 1, 2));
        for other in [rolls(8, 1, 2), rolls(7, 2, 2), rolls(7, 1, 3), rolls(7, 2, 1)] {
            assert_ne!(rolls(7, 1, 2), other);
        }
    }
}
