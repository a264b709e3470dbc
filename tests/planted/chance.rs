//! Chance that is the same at every run: SplitMix64.

/// A source of numbers that its seed decides.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// Begins with a seed and a word, so that what is drawn for one word does not move what is drawn for another.
    pub fn new(seed: u64, word: &str) -> Self {
        // FNV-1a.
        let mixed = word
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325 ^ seed, |mixed, byte| (mixed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        Self(mixed)
    }

    /// A number below `end`, which is not zero.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let end = u64::try_from(end).expect("a size");
        usize::try_from((mixed ^ (mixed >> 31)) % end).expect("less than a size")
    }

    /// One of some; none of none.
    pub fn of<'a, Item>(&mut self, some: &'a [Item]) -> Option<&'a Item> {
        if some.is_empty() { None } else { Some(&some[self.below(some.len())]) }
    }

    /// A number from `first` to `last`.
    pub fn within(&mut self, first: u32, last: u32) -> u32 {
        first + u32::try_from(self.below(usize::try_from(last - first + 1).expect("a size"))).expect("small")
    }
}
