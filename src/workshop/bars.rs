//! Lengths of extrusion, and the bars that they come from.

use std::collections::BTreeMap;

use super::CutError;
use crate::built::Built;
use crate::cutting::Bar;
use crate::cutting::lengths::{self, CutBars, Length, StockBar};
use crate::shell::Frame;
use crate::units::Mm;

/// All lengths of one profile, on bars.
#[derive(Clone, Debug)]
pub struct BarCuts {
    /// Catalogue id of the profile.
    pub profile: String,
    /// The lengths, as they are sawn.
    pub wanted: Vec<Length>,
    /// The bars.
    pub cut: CutBars,
}

impl BarCuts {
    /// Bars to buy, by their length, the shortest first.
    pub fn bought(&self) -> BTreeMap<Mm, u64> {
        let mut counts = BTreeMap::new();
        for bar in self.cut.bars.iter().filter(|bar| !bar.from_stock) {
            *counts.entry(bar.length).or_default() += bar.quantity;
        }
        counts
    }

    /// All pieces that come from bought bars of one length, end to end.
    pub fn sawn_from(&self, length: Mm) -> Mm {
        let bars = self.cut.bars.iter().filter(|bar| !bar.from_stock && bar.length == length);
        bars.map(|bar| {
            let pieces: Mm = bar.pieces.iter().map(|&piece| self.wanted[piece].length).sum();
            pieces * i64::try_from(bar.quantity).unwrap_or(i64::MAX)
        })
        .sum()
    }
}

/// Everything that is cut to length: the rails of all banks, spare ones too, and the frame.
pub fn bars(built: &Built) -> Vec<Bar> {
    let rail = &built.cluster.rail;
    let banks = u64::from(built.layout.banks.value);
    let rails = Bar {
        name: "rail".to_owned(),
        profile: rail.profile_id.clone(),
        bought: rail.bought.value,
        length: rail.finished.value,
        milling: rail.milling.value,
        tap: Some(rail.tap.clone()),
        quantity: banks + u64::from(built.document.design.spares.banks),
    };
    let frame = built.shell.frame.iter().flat_map(Frame::cut_bars);
    std::iter::once(rails).chain(frame).collect()
}

pub(super) fn cut(built: &Built) -> Result<Vec<BarCuts>, CutError> {
    let stock = &built.document.design.stock;
    let sold: Vec<StockBar> =
        stock.bars.iter().map(|&length| StockBar { length, quantity: None }).collect();
    let mut by_profile: BTreeMap<String, Vec<Length>> = BTreeMap::new();
    for bar in bars(built).into_iter().filter(|bar| bar.quantity > 0) {
        let length = Length { name: bar.name, length: bar.bought, quantity: bar.quantity };
        by_profile.entry(bar.profile).or_default().push(length);
    }
    let cut = |(profile, wanted): (String, Vec<Length>)| {
        let cut = lengths::cut(&wanted, &sold, stock.bar_kerf).map_err(CutError::Layout)?;
        Ok(BarCuts { profile, wanted, cut })
    };
    by_profile.into_iter().map(cut).collect()
}
