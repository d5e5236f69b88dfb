//! Rectangles into bins: the solver, behind plain sizes.
//!
//! Sizes are whole nanometres. Kerf is none of its concern: whoever asks makes pieces and bins
//! larger by one kerf, and so keeps pieces one kerf apart but free to touch the bin's edge.
//!
//! Two steps. Constructive passes try six sort orders, five placement rules and two ways to choose
//! a bin. Then a search empties one bin after another: what was in it goes into a pool, and a few
//! bins at a time are packed anew together with the pool, under random orders and rules, as long as
//! that leaves no more in the pool. It ends when the bins are as few as the lower bound, or when its
//! work is used up. Work is counted in places looked at, never in time: the same input gives the
//! same answer everywhere.

mod bound;
mod pack;
mod random;
mod search;
mod space;

pub(super) use random::Random;
pub(super) use search::{arrangements, nest};
pub(super) use space::{Rect, Space};

/// Width and height of a bin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Size {
    /// Along x.
    pub w: i64,
    /// Along y.
    pub h: i64,
}

/// One rectangle to be placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// Along x.
    pub w: i64,
    /// Along y.
    pub h: i64,
    /// May it also lie turned by a quarter?
    pub turn: bool,
}

/// Where an item lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    /// Which item.
    pub item: usize,
    /// Its left edge.
    pub x: i64,
    /// Its lower edge.
    pub y: i64,
    /// Does it lie turned?
    pub turned: bool,
}

/// Bins to be filled: those that are there anyway, and any number of new ones.
#[derive(Clone, Debug)]
pub(super) struct Problem {
    /// What is to be placed. Each fits into one of the bins at least.
    pub items: Vec<Item>,
    /// There already: filled first.
    pub stock: Vec<Size>,
    /// To be had in any number, if what is there does not do.
    pub sheet: Option<Size>,
    /// Must every bin come apart by cuts from edge to edge?
    pub guillotine: bool,
}

/// One filled bin.
#[derive(Clone, Debug)]
pub(super) struct Filled {
    /// Its size.
    pub size: Size,
    /// Which of the stock it is; a new one otherwise.
    pub stock: Option<usize>,
    /// What lies in it.
    pub placed: Vec<Placed>,
}

/// The answer.
#[derive(Clone, Debug)]
pub(super) struct Nesting {
    /// Bins that are not empty.
    pub bins: Vec<Filled>,
    /// Items without a place: only if no new bins are to be had.
    pub unplaced: Vec<usize>,
    /// New bins that any answer needs.
    pub lower_bound: u64,
}
