//! Boards that are longer than a sheet: split, and held together by a plate behind each joint.
//!
//! Joints keep away from holes and from joints of boards that touch. Where there is no room for a
//! plate, the board lies between other layers, which bridge the joint.

use crate::units::Mm;

use super::block::Block;
use super::board::Board;
use super::flat_part::Paint;

/// A cutter or saw needs this much of the sheet at each end.
const MARGIN: Mm = Mm::um(15_000);
/// How far a splice plate reaches over each side of a joint.
const REACH: Mm = Mm::um(120_000);
/// What a splice plate leaves free along the board's edges: the first that finds room.
const INSETS: [Mm; 4] = [Mm::um(10_000), Mm::um(25_000), Mm::um(40_000), Mm::um(70_000)];
/// Joints of touching boards, and holes, keep this far from a joint.
const APART: Mm = Mm::um(60_000);
/// How far a joint moves at a time to find its place, and how often.
const STEP: Mm = Mm::um(40_000);
const TRIES: i64 = 12;

/// A board that was split.
#[derive(Clone, Debug)]
pub struct Splice {
    /// What it is called.
    pub name: String,
    /// In how many pieces it is cut.
    pub pieces: usize,
    /// Joints that have a plate behind them.
    pub plates: usize,
}

/// Splits what is longer than its sheet. Each board's pieces stand in its place, in order; plates
/// come last. `sheet_length` tells the length of a sheet by its id; obstacles are other solids.
pub fn split(
    boards: Vec<Board>,
    obstacles: &[Block],
    sheet_length: impl Fn(&str) -> Option<Mm>,
) -> (Vec<Vec<Board>>, Vec<Board>, Vec<Splice>) {
    let mut room = Room {
        blocks: boards.iter().map(Board::block).chain(obstacles.iter().copied()).collect(),
        joints: vec![],
    };
    let (mut pieces, mut plates, mut splices) = (vec![], vec![], vec![]);
    for board in boards {
        let usable = sheet_length(board.sheet()).map(|length| length - MARGIN * 2);
        match usable.filter(|usable| *usable > Mm::ZERO && board.length() > *usable) {
            None => pieces.push(vec![board]),
            Some(usable) => {
                let cuts = room.cuts(&board, usable);
                let found: Vec<Board> =
                    cuts.iter().filter_map(|cut| room.plate(&board, *cut)).collect();
                splices.push(Splice {
                    name: board.name().to_owned(),
                    pieces: cuts.len() + 1,
                    plates: found.len(),
                });
                plates.extend(found);
                pieces.push(board.split(&cuts));
            }
        }
    }
    (pieces, plates, splices)
}

/// What is where, and where joints are already.
struct Room {
    blocks: Vec<Block>,
    /// Boxes of boards with joints, the axis that they run along, and the joint's place on it.
    joints: Vec<(Block, usize, Mm)>,
}

impl Room {
    /// Where a board is cut, along its own length: evenly, as far as holes and other joints let.
    fn cuts(&mut self, board: &Board, usable: Mm) -> Vec<Mm> {
        let count = (board.length().nm() - 1).div_euclid(usable.nm()) + 1;
        let slack = usable * count - board.length();
        let mut cuts = vec![];
        for number in 1..count {
            let even = board.length() * number / count;
            let reach = (slack / (2 * count)).max(Mm::ZERO);
            let shifts = (0..TRIES).flat_map(|try_| [STEP * try_, -(STEP * try_)]);
            let free = shifts
                .filter(|shift| shift.abs() <= reach)
                .map(|shift| even + shift)
                .find(|cut| self.is_free(board, *cut));
            let cut = free.unwrap_or(even);
            let (axis, at) = board.along(cut);
            self.joints.push((board.block(), axis, at));
            cuts.push(cut);
        }
        cuts
    }

    fn is_free(&self, board: &Board, cut: Mm) -> bool {
        let (axis, at) = board.along(cut);
        let touching = board.block().grown(Mm::um(500));
        let near_joint = self.joints.iter().any(|(block, along, joint)| {
            *along == axis && (*joint - at).abs() < APART && touching.shared(block).is_some()
        });
        !near_joint && board.is_whole_at(cut, APART.half())
    }

    /// A plate behind a joint, or before it, where there is room.
    fn plate(&mut self, board: &Board, cut: Mm) -> Option<Board> {
        // Inside: behind a wall, under what lies; outside only where nobody sees it.
        let inside = !board.faces_down();
        let sides: &[bool] =
            if board.paint() == Paint::Bare { &[inside, !inside] } else { &[inside] };
        for &behind in sides {
            for inset in INSETS {
                let Some(plate) = board.plate(cut, (REACH, inset), behind) else { continue };
                if self.blocks.iter().all(|block| block.shared(&plate.block()).is_none()) {
                    self.blocks.push(plate.block());
                    return Some(plate);
                }
            }
        }
        None
    }
}
