//! The box around the racks: a frame of extrusions, and the flat parts that it wears.
//!
//! Millimetres in the cluster's frame: X to the right seen from the front, Y to the rear, Z up, the
//! floor of the racks (the base plate's upper side) at z = 0.
//!
//! Promise: everything is derived from the racks, the catalogue and the design; sizes are
//! quantities in the ledger. A design whose `shell.style` is `none` has neither frame nor shell.
//! Nothing here builds solids: a [`FlatPart`] is an outline and a thickness until somebody asks.

mod block;
pub mod board;
mod flat_part;
pub mod frame;
mod hardware;
mod joinery;
mod lettering;
pub mod panels;
mod relief;
mod shape;
mod splice;
#[cfg(test)]
mod tests;

use crate::cluster::{Cluster, Ledger};
use crate::geometry::GeometryError;
use crate::layout::Layout;
use crate::spec::{Document, ShellStyle, ToolKind};

pub use block::Block;
pub use flat_part::{FlatPart, Letters, Paint, Place, Pocket};
pub use frame::Frame;
pub use hardware::Hardware;
pub use panels::Panels;
pub use splice::Splice;

/// Frame and shell of a design.
#[derive(Clone, Debug, Default)]
pub struct Shell {
    /// The frame; `None` if the design has no shell, or no rack.
    pub frame: Option<Frame>,
    /// What the frame wears; none without a frame.
    pub panels: Option<Panels>,
}

/// What is taken off the edges of sheets.
fn record_trim(document: &Document, ledger: &mut Ledger) {
    let (stock, tool) = (&document.design.stock, &document.design.shell.tool);
    if let Some(trim) = stock.trim.set() {
        ledger.given("stock.trim", *trim);
        return;
    }
    let diameter = ledger.given("shell.tool.diameter", tool.diameter);
    let formula = match tool.kind {
        ToolKind::Router => "the tool's diameter, so that it stays on the sheet",
        ToolKind::Saw => "none: with a saw the sheet's edge may be a piece's",
    };
    ledger.derive("stock.trim", formula, &[&diameter], stock.trim_for(tool));
}

impl Shell {
    /// Works out what stands around the racks.
    ///
    /// # Errors
    /// If a part's outline encloses nothing, which is a mistake in this program.
    pub fn new(
        document: &Document,
        cluster: &Cluster,
        layout: &Layout,
        ledger: &mut Ledger,
    ) -> Result<Shell, GeometryError> {
        if document.design.shell.style == ShellStyle::None {
            return Ok(Shell::default());
        }
        record_trim(document, ledger);
        let frame = Frame::new(document, cluster, layout, ledger).transpose()?;
        let panels = match &frame {
            Some(frame) => Panels::new(document, frame, ledger)?,
            None => None,
        };
        Ok(Shell { frame, panels })
    }

    /// All flat parts, each distinct one once.
    pub fn flat_parts(&self) -> impl Iterator<Item = &FlatPart> {
        let plates = self.frame.iter().flat_map(|frame| &frame.plates);
        plates.chain(self.panels.iter().flat_map(|panels| &panels.parts))
    }

    /// What was split to fit on a sheet.
    pub fn splices(&self) -> impl Iterator<Item = &Splice> {
        let frame = self.frame.iter().flat_map(|frame| &frame.splices);
        frame.chain(self.panels.iter().flat_map(|panels| &panels.splices))
    }

    /// Everything that is bought for it by the piece.
    pub fn hardware(&self) -> Hardware {
        let mut all = Hardware::default();
        for hardware in self.frame.iter().map(|frame| &frame.hardware) {
            all.extend(hardware.clone());
        }
        for hardware in self.panels.iter().map(|panels| &panels.hardware) {
            all.extend(hardware.clone());
        }
        all
    }
}
