//! Reproducible noise.

/// `SplitMix64`: small, and good enough to shuffle pieces.
#[derive(Clone, Debug)]
pub(in crate::cutting) struct Random(u64);

impl Random {
    /// Always the same run for the same seed.
    pub(in crate::cutting) fn new(seed: u64) -> Random {
        Random(seed)
    }

    /// Any number.
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// 0 to `count` − 1; `count` must be positive.
    pub(in crate::cutting) fn below(&mut self, count: usize) -> usize {
        (self.next() % count as u64) as usize
    }

    /// 0 to 1.
    pub(super) fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}
