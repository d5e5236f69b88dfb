//! Union-find.

/// A partition of `0..count`. The representative of a set is its smallest member, so results do not
/// depend on the order of joins.
pub struct DisjointSets(Vec<usize>);

impl DisjointSets {
    /// Every number in a set of its own.
    pub fn new(count: usize) -> DisjointSets {
        DisjointSets((0..count).collect())
    }

    /// The smallest member of the set that holds `member`.
    pub fn root(&mut self, member: usize) -> usize {
        let mut root = member;
        while self.0[root] != root {
            self.0[root] = self.0[self.0[root]];
            root = self.0[root];
        }
        root
    }

    /// Makes one set of the two that hold `first` and `second`.
    pub fn join(&mut self, first: usize, second: usize) {
        let (first, second) = (self.root(first), self.root(second));
        self.0[first.max(second)] = first.min(second);
    }
}
