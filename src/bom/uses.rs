//! Where the pieces of a line go.

use std::ops::AddAssign;

use crate::built::Built;

/// How many pieces go where. What is counted with a board is not counted with its bank again, nor
/// what is counted with a bank with its rack.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    /// With every board.
    pub board: u64,
    /// In every bank, beside what its boards take.
    pub bank: u64,
    /// In each rack, beside its banks and boards; racks beyond the end take none.
    pub racks: Vec<u64>,
    /// Around the racks.
    pub cluster: u64,
    /// Nowhere: kept for what breaks, or made beyond what is installed.
    pub spares: u64,
}

/// How many of everything that pieces go into.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// Boards of the design, whether or not there is a place for each.
    pub boards: u64,
    /// Places for boards in a bank.
    pub places: u64,
    /// The racks, in order.
    pub racks: Vec<RackExtent>,
}

/// What one rack holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RackExtent {
    /// Its number.
    pub number: u32,
    /// Banks in it.
    pub banks: u64,
    /// Boards in them.
    pub boards: u64,
}

impl Extent {
    /// That of a design.
    pub fn of(built: &Built) -> Extent {
        let (layout, places) = (built.layout, built.cluster.bank.boards.value);
        let racks = layout.racks.iter().map(|rack| RackExtent {
            number: rack.number,
            banks: rack.banks().count() as u64,
            boards: rack.banks().map(|(bank, ..)| u64::from(layout.boards_in(bank, places))).sum(),
        });
        Extent {
            boards: u64::from(layout.boards.value),
            places: u64::from(places),
            racks: racks.collect(),
        }
    }

    /// Banks in all racks.
    pub fn banks(&self) -> u64 {
        self.racks.iter().map(|rack| rack.banks).sum()
    }
}

impl Uses {
    /// So many with every board.
    pub fn board(board: u64) -> Uses {
        Uses { board, ..Uses::default() }
    }

    /// So many in every bank.
    pub fn bank(bank: u64) -> Uses {
        Uses { bank, ..Uses::default() }
    }

    /// So many in each rack, in order.
    pub fn racks(racks: impl IntoIterator<Item = u64>) -> Uses {
        Uses { racks: racks.into_iter().collect(), ..Uses::default() }
    }

    /// So many around the racks.
    pub fn cluster(cluster: u64) -> Uses {
        Uses { cluster, ..Uses::default() }
    }

    /// And so many spare ones.
    #[must_use]
    pub fn and_spares(self, spares: u64) -> Uses {
        Uses { spares, ..self }
    }

    /// In one full bank, its boards included.
    pub fn in_bank(&self, extent: &Extent) -> u64 {
        self.bank + self.board * extent.places
    }

    /// In one rack, with all that is in it.
    pub fn in_rack(&self, at: usize, extent: &Extent) -> u64 {
        let own = self.racks.get(at).copied().unwrap_or_default();
        let inside = extent
            .racks
            .get(at)
            .map_or(0, |rack| self.bank * rack.banks + self.board * rack.boards);
        own + inside
    }

    /// All of them.
    pub fn total(&self, extent: &Extent) -> u64 {
        let racks: u64 = self.racks.iter().sum();
        let inside = self.board * extent.boards + self.bank * extent.banks();
        inside + racks + self.cluster + self.spares
    }
}

impl AddAssign for Uses {
    fn add_assign(&mut self, other: Uses) {
        self.board += other.board;
        self.bank += other.bank;
        self.cluster += other.cluster;
        self.spares += other.spares;
        self.racks.resize(self.racks.len().max(other.racks.len()), 0);
        for (mine, more) in self.racks.iter_mut().zip(other.racks) {
            *mine += more;
        }
    }
}
