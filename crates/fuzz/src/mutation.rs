//! Inputs made from those of a corpus. The same seed makes the same ones.

/// No changed input is longer, in bytes.
const LONGEST: usize = 4 * 1_024;

/// Makes one changed input after the other, for ever.
pub struct Mutator<'a> {
    dice: u64,
    corpus: &'a [Vec<u8>],
    words: &'static [&'static str],
}

impl<'a> Mutator<'a> {
    pub fn new(seed: &str, corpus: &'a [Vec<u8>], words: &'static [&'static str]) -> Mutator<'a> {
        // FNV-1a
        let dice = seed.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
        Mutator { dice, corpus, words }
    }

    /// A number below `end`, which is not 0.
    fn below(&mut self, end: usize) -> usize {
        // xorshift64*
        self.dice ^= self.dice >> 12;
        self.dice ^= self.dice << 25;
        self.dice ^= self.dice >> 27;
        (self.dice.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % end
    }

    /// A stretch of an input.
    fn stretch(&mut self, of: &[u8]) -> std::ops::Range<usize> {
        let from = self.below(of.len() + 1);
        let length = self.below(32.min(of.len() - from) + 1);
        from..from + length
    }

    fn change(&mut self, input: &mut Vec<u8>) {
        let at = self.below(input.len() + 1);
        match self.below(8) {
            0 if at < input.len() => input[at] ^= 1 << self.below(8),
            1 if at < input.len() => input[at] = self.below(256) as u8,
            2 => input.insert(at, self.below(256) as u8),
            3 => drop(input.drain(self.stretch(&input.clone()))),
            4 => {
                let again = input[self.stretch(&input.clone())].repeat(1 + self.below(8));
                input.splice(at..at, again);
            }
            5 => {
                let other = &self.corpus[self.below(self.corpus.len())];
                let piece = other[self.stretch(other)].to_vec();
                input.splice(at..at, piece);
            }
            6 => {
                let other = &self.corpus[self.below(self.corpus.len())];
                let from = self.below(other.len() + 1);
                input.truncate(at);
                input.extend_from_slice(&other[from..]);
            }
            _ if !self.words.is_empty() => {
                let word = self.words[self.below(self.words.len())].bytes();
                let end = if self.below(2) == 0 { at } else { self.stretch(&input[at..]).end + at };
                input.splice(at..end, word);
            }
            _ => input.truncate(at),
        }
        input.truncate(LONGEST);
    }
}

impl Iterator for Mutator<'_> {
    type Item = Vec<u8>;

    fn next(&mut self) -> Option<Vec<u8>> {
        let mut input = self.corpus[self.below(self.corpus.len())].clone();
        for _ in 0..1 + self.below(5) {
            self.change(&mut input);
        }
        Some(input)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_makes_the_same_and_others_make_others() {
        let corpus = [b"Hello".to_vec(), Vec::new(), b"{\"a\":[1,2]}".to_vec()];
        let made = |seed| Mutator::new(seed, &corpus, &["<script>"]).take(1_000).collect::<Vec<_>>();
        assert_eq!(made("a"), made("a"));
        assert_ne!(made("a"), made("b"));
        let different: std::collections::BTreeSet<_> = made("a").into_iter().collect();
        assert!(different.len() > 700, "{}", different.len());
        assert!(different.iter().any(|input| input.windows(8).any(|window| window == b"<script>")));
        assert!(different.iter().all(|input| input.len() <= LONGEST));
    }
}
