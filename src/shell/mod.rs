//! The box around the racks: a frame of extrusions, and the flat parts that it wears.
//!
//! Millimetres in the cluster's frame: X to the right seen from the front, Y to the rear, Z up, the
//! floor of the racks (the base plate's upper side) at z = 0.
//!
//! Promise: everything is derived from the racks, the catalogue and the design; sizes are
//! quantities in the ledger. A design whose `shell.style` is `none` has neither frame nor shell.
//! Nothing here builds solids: a [`FlatPart`] is an outline and a thickness until somebody asks.

mod flat_part;
pub mod frame;
mod hardware;
#[cfg(test)]
mod tests;

use crate::cluster::{Cluster, Ledger};
use crate::layout::Layout;
use crate::spec::{Document, ShellStyle};

pub use flat_part::{FlatPart, Place};
pub use frame::Frame;
pub use hardware::Hardware;

/// Frame and shell of a design.
#[derive(Clone, Debug, Default)]
pub struct Shell {
    /// The frame; `None` if the design has no shell, or no rack.
    pub frame: Option<Frame>,
}

impl Shell {
    /// Works out what stands around the racks.
    pub fn new(
        document: &Document,
        cluster: &Cluster,
        layout: &Layout,
        ledger: &mut Ledger,
    ) -> Shell {
        if document.design.shell.style == ShellStyle::None {
            return Shell::default();
        }
        Shell { frame: Frame::new(document, cluster, layout, ledger) }
    }

    /// All flat parts, each distinct one once.
    pub fn flat_parts(&self) -> impl Iterator<Item = &FlatPart> {
        self.frame.iter().flat_map(|frame| &frame.plates)
    }

    /// Everything that is bought for it by the piece.
    pub fn hardware(&self) -> Hardware {
        self.frame.as_ref().map(|frame| frame.hardware.clone()).unwrap_or_default()
    }
}
