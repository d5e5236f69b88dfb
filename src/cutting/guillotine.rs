//! The order of cuts that parts a sheet on a saw.

use super::offcuts::Offcut;
use super::sheets::{Cutter, Placement, Sheet};
use crate::units::Mm;

/// A panel: the trimmed sheet, or what a cut has left of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Panel {
    /// From the sheet's left edge, trim included.
    pub x: Mm,
    /// From the sheet's lower edge, trim included.
    pub y: Mm,
    /// Size along x.
    pub length: Mm,
    /// Size along y.
    pub width: Mm,
}

impl Panel {
    pub(super) fn of(x: Mm, y: Mm, length: Mm, width: Mm) -> Panel {
        Panel { x, y, length, width }
    }
}

/// One cut, right through a panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// What is cut.
    pub panel: Panel,
    /// Does the saw run along x, so that it takes off a strip of that length?
    pub along_x: bool,
    /// Where the fence stands: the size of the strip that comes off on the side of the panel's
    /// origin. The kerf follows it. Less than nothing where the blade only trims that edge.
    pub size: Mm,
}

/// The cuts, each with the panel that it parts, and the usable offcuts. Panels are cut into strips
/// first where that leaves the larger offcut. Where no cut parts the pieces of a panel it stays
/// whole, and the verifier will say so.
pub(super) fn sequence(
    sheet: &Sheet,
    placements: &[Placement],
    cutter: &Cutter,
) -> (Vec<Cut>, Vec<Offcut>) {
    let whole = Panel {
        x: cutter.trim,
        y: cutter.trim,
        length: sheet.length - cutter.trim * 2,
        width: sheet.width - cutter.trim * 2,
    };
    let (mut cuts, mut offcuts) = (Vec::new(), Vec::new());
    let mut todo = vec![(whole, placements.to_vec())];
    while let Some((panel, pieces)) = todo.pop() {
        if pieces.is_empty() {
            let Panel { x, y, length, width } = panel;
            offcuts.push(Offcut { x, y, length, width });
            continue;
        }
        let along_y = strips(panel, &pieces, Direction::X, cutter.kerf);
        let along_x = strips(panel, &pieces, Direction::Y, cutter.kerf);
        let best = [along_y, along_x]
            .into_iter()
            .flatten()
            .max_by_key(|division| (division.largest_empty(), division.strips.len()));
        if let Some(division) = best {
            cuts.extend(division.cuts);
            // The first strip is parted first.
            todo.extend(division.strips.into_iter().rev());
        }
    }
    offcuts.retain(Offcut::is_usable);
    Offcut::sort(&mut offcuts);
    (cuts, offcuts)
}

/// The way along which strips follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    X,
    Y,
}

/// A panel in strips.
struct Division {
    cuts: Vec<Cut>,
    strips: Vec<(Panel, Vec<Placement>)>,
}

impl Division {
    fn largest_empty(&self) -> i128 {
        let empty = self.strips.iter().filter(|(_, pieces)| pieces.is_empty());
        let area = |panel: &Panel| i128::from(panel.length.nm()) * i128::from(panel.width.nm());
        empty.map(|(panel, _)| area(panel)).max().unwrap_or(0)
    }
}

/// Parts a panel wherever a straight cut goes between its pieces; `None` if it does so nowhere.
fn strips(panel: Panel, pieces: &[Placement], direction: Direction, kerf: Mm) -> Option<Division> {
    let span = |placed: &Placement| match direction {
        Direction::X => (placed.x, placed.x + placed.length),
        Direction::Y => (placed.y, placed.y + placed.width),
    };
    let mut sorted = pieces.to_vec();
    sorted.sort_by_key(|placed| (span(placed).0, placed.x, placed.y));
    let (start, end) = match direction {
        Direction::X => (panel.x, panel.x + panel.length),
        Direction::Y => (panel.y, panel.y + panel.width),
    };
    let mut division = Division { cuts: Vec::new(), strips: Vec::new() };
    let mut rest = panel;
    let mut strip: Vec<Placement> = Vec::new();
    let mut reach = None;
    for placed in sorted {
        let (from, to) = span(&placed);
        match reach {
            Some(edge) if from >= edge + kerf => {
                // Right before the next piece, which may be farther away than a kerf.
                rest = division.cut(rest, std::mem::take(&mut strip), direction, from - kerf, kerf);
                reach = Some(to);
            }
            Some(edge) => reach = Some(to.max(edge)),
            None => {
                if from > start {
                    rest = division.cut(rest, Vec::new(), direction, from - kerf, kerf);
                }
                reach = Some(to);
            }
        }
        strip.push(placed);
    }
    let edge = reach?;
    if edge < end {
        rest = division.cut(rest, std::mem::take(&mut strip), direction, edge, kerf);
    }
    let size = match direction {
        Direction::X => rest.length,
        Direction::Y => rest.width,
    };
    // A rest that the kerf eats up is none.
    if size > Mm::ZERO {
        division.strips.push((rest, strip));
    }
    (!division.cuts.is_empty()).then_some(division)
}

impl Division {
    /// Cuts `rest` at `edge`: the strip before it holds `pieces`. Gives what is beyond the kerf.
    fn cut(
        &mut self,
        rest: Panel,
        pieces: Vec<Placement>,
        direction: Direction,
        edge: Mm,
        kerf: Mm,
    ) -> Panel {
        let (strip, beyond, size) = match direction {
            Direction::X => {
                let size = edge - rest.x;
                let left = rest.length - size - kerf;
                (
                    Panel { length: size, ..rest },
                    Panel { x: edge + kerf, length: left, ..rest },
                    size,
                )
            }
            Direction::Y => {
                let size = edge - rest.y;
                let left = rest.width - size - kerf;
                (Panel { width: size, ..rest }, Panel { y: edge + kerf, width: left, ..rest }, size)
            }
        };
        self.cuts.push(Cut { panel: rest, along_x: direction == Direction::Y, size });
        // Where the blade runs half in the air, nothing comes off.
        if size > Mm::ZERO {
            self.strips.push((strip, pieces));
        }
        beyond
    }
}
