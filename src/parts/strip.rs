//! The block that holds the rail: pocket and notch for a finger or a driver, window, label.

use super::caddy::{Body, rect, rounded};
use super::figures::figures;
use crate::cluster::{Area, NOTCH_MARGIN, Stance};
use crate::geometry::{Direction, Head, Hole, Position, Sketch, Stack};
use crate::units::Mm;

/// Height of the notch that a finger reaches through.
const NOTCH_HEIGHT: Mm = Mm::um(12_000);
/// Rounding inside the finger pocket.
const POCKET_CORNER: Mm = Mm::um(1_500);

impl Body<'_> {
    /// The block: finger pocket in front, window behind (of a hook, open to the rear), label and
    /// notch.
    pub(super) fn strip(&self, stack: Stack) -> Stack {
        let plan = self.plan;
        let strip = &plan.strip;
        let (low, wall) = (-strip.height.value, strip.wall);
        let whole = Mm::ZERO..plan.body.value;
        let pocket = Area { u0: strip.pocket.0, u1: strip.pocket.1, v0: low + wall, v1: -wall };
        let rear = if self.hook.is_some() { strip.end } else { strip.window.1 };
        let window = Area { u0: strip.window.0, u1: rear, ..pocket };
        let block = Sketch::rect(Mm::ZERO, low, strip.end, Mm::ZERO);
        let mut stack = stack.add(block, whole.clone()).cut(rect(window), whole.clone());
        // Standing on its rear, the pocket's front would be one more bridge: it stays filled.
        if self.stance != Stance::OnRear {
            stack = stack.cut(rounded(pocket, POCKET_CORNER), whole);
            stack = self.starts().fold(stack, |stack, start| self.notch(stack, start));
        }
        self.starts()
            .enumerate()
            .fold(stack, |stack, (board, start)| self.label(stack, board, start))
    }

    /// Where a board's notch is along the rail.
    fn notch_range(&self, start: Mm) -> (Mm, Mm) {
        let plan = self.plan;
        let body = plan.body.value;
        let to = (start + plan.board_pitch.value - NOTCH_MARGIN).min(body);
        // The last notch is open, so that it needs no bridge.
        (start + plan.notch_from, if to + plan.wall * 2 > body { body } else { to })
    }

    fn notch(&self, stack: Stack, start: Mm) -> Stack {
        let strip = &self.plan.strip;
        let (from, to) = self.notch_range(start);
        if to - from < strip.wall {
            return stack;
        }
        let (middle, half) = (self.plan.notch_middle, NOTCH_HEIGHT.half());
        stack.cut(Sketch::rect(Mm::ZERO, middle - half, strip.pocket.0, middle + half), from..to)
    }

    /// The field of a board's label, and what is engraved in it.
    fn label(&self, stack: Stack, board: usize, start: Mm) -> Stack {
        let (plan, strip) = (self.plan, &self.plan.strip);
        let Some(label) = &plan.label else { return stack };
        let (low, high) = (-strip.height.value + strip.wall, -strip.wall);
        let (from, to) = (start + label.from, start + label.to);
        let stack = stack.cut(Sketch::rect(Mm::ZERO, low, label.depth, high), from..to);
        let (Some(stroke), Some(numbers)) = (&label.stroke, self.numbers) else { return stack };
        let ground = label.depth + label.engraving;
        let number = numbers.of(board, plan.boards);
        let (across, up) = ((from + to).half(), (low + high).half());
        figures(number, stroke.value).into_iter().fold(stack, |stack, it| {
            // Where the caddy is mounted the other way round, so is what is read on it.
            let (x0, x1) = if numbers.turned { (-it.x1, -it.x0) } else { (it.x0, it.x1) };
            let (y0, y1) = if numbers.over { (-it.y1, -it.y0) } else { (it.y0, it.y1) };
            let stroke = Sketch::rect(label.depth, up + y0, ground, up + y1);
            stack.cut(stroke, across + x0..across + x1)
        })
    }

    /// The holes that a hook's screws go through, one behind each notch; x along the rail.
    pub(super) fn screw_holes(&self) -> Vec<Hole> {
        let Some(hook) = self.hook else { return Vec::new() };
        self.starts()
            .map(|start| {
                let (from, to) = self.notch_range(start);
                Hole {
                    at: Position::new((from + to).half(), self.plan.strip.pocket.1, hook.height),
                    direction: Direction::YPlus,
                    diameter: hook.screw.fastener.hole.value,
                    depth: hook.web,
                    head: Head::Plain,
                }
            })
            .collect()
    }
}
