//! Flat pieces, and the sheets that they come from.

use std::collections::BTreeMap;

use super::{CutError, cutter};
use crate::built::Built;
use crate::cutting::{self, Nested, Piece, Sheet};
use crate::spec::Design;
use crate::units::Mm;

/// All pieces of one material and thickness, on sheets.
#[derive(Clone, Debug)]
pub struct SheetCuts {
    /// Catalogue id of the sheet.
    pub sheet: String,
    /// The same, with the thickness if the sheet is there in several: what files are called by.
    pub name: String,
    /// The pieces, each distinct one once.
    pub pieces: Vec<Piece>,
    /// The sheets.
    pub nested: Nested,
}

pub(super) fn cut(built: &Built) -> Result<Vec<SheetCuts>, CutError> {
    let design = &built.document.design;
    let mut by_sheet: BTreeMap<(String, Mm), Vec<Piece>> = BTreeMap::new();
    for part in built.shell.flat_parts() {
        let piece = part.piece().map_err(CutError::Piece)?;
        by_sheet.entry((piece.material.clone(), piece.thickness)).or_default().push(piece);
    }
    let ids: Vec<String> = by_sheet.keys().map(|(id, _)| id.clone()).collect();
    let cutter = cutter(design);
    let cut = |((id, thickness), pieces): ((String, Mm), Vec<Piece>)| {
        let entry = built.document.catalog.sheets.get(&id);
        let entry = entry.ok_or_else(|| CutError::MissingSheet(id.clone()))?;
        let (length, width) = (entry.length.value, entry.width.value);
        let sheet = Sheet { name: id.clone(), length, width };
        let nested = cutting::nest(&pieces, Some(&sheet), &stock(design, &id), &cutter)
            .map_err(CutError::Layout)?;
        let several = ids.iter().filter(|other| **other == id).count() > 1;
        let name = if several { format!("{id}-{}mm", thickness.mm()) } else { id.clone() };
        Ok(SheetCuts { sheet: id, name, pieces, nested })
    };
    by_sheet.into_iter().map(cut).collect()
}

/// What is there of a sheet.
fn stock(design: &Design, id: &str) -> Vec<Sheet> {
    let there = design.stock.sheets.iter().filter(|sheet| sheet.sheet == id);
    there
        .flat_map(|there| {
            let name = there.name.clone().unwrap_or_else(|| format!("{id} offcut"));
            let sheet = Sheet { name, length: there.length, width: there.width };
            (0..there.quantity).map(move |_| sheet.clone())
        })
        .collect()
}
