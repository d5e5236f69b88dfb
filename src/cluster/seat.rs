//! A board in the frame of its caddy.
//!
//! Seen from the component side, `u` runs from the caddy's front to its rear and `v` away from the
//! strip that holds the rail. The front edge's sockets are flush with u = 0; the strip lies below
//! v = 0. Where a board's power edge comes out on the other side, the picture is mirrored in v and
//! the finished part is mirrored back: [`SeatedBoard::mirrored`] says so.

use crate::catalog::{Board, Edge, PlugRoom};
use crate::units::Mm;

/// A rectangle in (u, v).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// Front end.
    pub u0: Mm,
    /// Rear end.
    pub u1: Mm,
    /// End towards the strip.
    pub v0: Mm,
    /// End away from the strip.
    pub v1: Mm,
}

impl Area {
    /// Larger by `margin` on every side.
    #[must_use]
    pub fn grown(self, margin: Mm) -> Area {
        Area {
            u0: self.u0 - margin,
            u1: self.u1 + margin,
            v0: self.v0 - margin,
            v1: self.v1 + margin,
        }
    }

    /// Do the two share more than an edge?
    pub fn overlaps(self, other: Area) -> bool {
        self.u0 < other.u1 && other.u0 < self.u1 && self.v0 < other.v1 && other.v0 < self.v1
    }

    fn moved(self, du: Mm, dv: Mm) -> Area {
        Area { u0: self.u0 + du, u1: self.u1 + du, v0: self.v0 + dv, v1: self.v1 + dv }
    }
}

/// A component of a seated board.
#[derive(Clone, Debug)]
pub struct SeatedBox {
    /// What it is.
    pub what: String,
    /// Where it stands.
    pub area: Area,
    /// Height over the board's component side.
    pub above: Mm,
    /// Depth under the board's solder side.
    pub below: Mm,
    /// A bare metal shield.
    pub shield: bool,
}

/// Which way the power plug leaves the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlugExit {
    /// Into the strip beside the rail.
    Strip,
    /// Out of the caddy's rear.
    Rear,
    /// Out of the caddy's front.
    Front,
    /// Over the edge away from the strip.
    FarEdge,
}

/// The power plug and the bend of its cable.
#[derive(Clone, Copy, Debug)]
pub struct SeatedPlug {
    /// The side that it leaves by.
    pub exit: PlugExit,
    /// The room that it needs, from the socket's mouth on.
    pub area: Area,
    /// How far it reaches out of the board's edge, the socket's own overhang included.
    pub reach: Mm,
}

/// A board in the frame of its caddy.
#[derive(Clone, Debug)]
pub struct SeatedBoard {
    /// The bare board.
    pub pcb: Area,
    /// All components.
    pub boxes: Vec<SeatedBox>,
    /// Mounting holes, as (u, v).
    pub holes: Vec<(Mm, Mm)>,
    /// The power plug.
    pub plug: SeatedPlug,
    /// How far sockets stand out over the front edge.
    pub front_overhang: Mm,
    /// True if the picture is the mirror image of the real caddy.
    pub mirrored: bool,
}

impl SeatedBoard {
    /// Seats a board with its front edge to the front and its power edge to the strip. `gap` is
    /// the distance between strip and board edge.
    pub fn new(board: &Board, plug: &PlugRoom, gap: Mm) -> SeatedBoard {
        let turn = Turn::new(board);
        let front_overhang = board.overhang(board.front);
        let shift = |area: Area| area.moved(front_overhang, gap);
        let boxes = board
            .boxes
            .iter()
            .map(|component| SeatedBox {
                what: component.what.clone(),
                area: shift(turn.area(component.at, component.size)),
                above: component.above.value,
                below: component.below.value,
                shield: component.shield,
            })
            .collect();
        let holes = board
            .holes
            .at
            .iter()
            .map(|&[x, y]| {
                let (u, v) = turn.point(x, y);
                (u + front_overhang, v + gap)
            })
            .collect();
        let plug = turn.plug(board, plug);
        SeatedBoard {
            pcb: shift(turn.area([Mm::ZERO, Mm::ZERO], [turn.length, turn.width])),
            boxes,
            holes,
            plug: SeatedPlug { area: shift(plug.area), ..plug },
            front_overhang,
            mirrored: turn.mirrored,
        }
    }

    /// How far components stand out over the strip edge between the depths `u0` and `u1`.
    pub fn strip_overhang(&self, u0: Mm, u1: Mm) -> Mm {
        self.boxes
            .iter()
            .filter(|component| component.area.u0 < u1 && u0 < component.area.u1)
            .map(|component| self.pcb.v0 - component.area.v0)
            .max()
            .unwrap_or(Mm::ZERO)
            .max(Mm::ZERO)
    }
}

/// From board coordinates to (u, v), the board's own corner at the origin.
struct Turn {
    front: Edge,
    length: Mm,
    width: Mm,
    mirrored: bool,
}

impl Turn {
    fn new(board: &Board) -> Turn {
        let mut turn = Turn {
            front: board.front,
            length: board.pcb.length.value,
            width: board.pcb.width.value,
            mirrored: false,
        };
        // Seen from the component side the turn is a pure rotation. If that brings the power edge
        // to the far side, the strip belongs there: look at the mirror image instead.
        let (_, v) = turn.point(turn.edge_middle(board.power_socket.edge).0, {
            turn.edge_middle(board.power_socket.edge).1
        });
        turn.mirrored = v == turn.extent_v();
        turn
    }

    fn edge_middle(&self, edge: Edge) -> (Mm, Mm) {
        match edge {
            Edge::MinusX => (Mm::ZERO, self.width.half()),
            Edge::PlusX => (self.length, self.width.half()),
            Edge::MinusY => (self.length.half(), Mm::ZERO),
            Edge::PlusY => (self.length.half(), self.width),
        }
    }

    fn extent_v(&self) -> Mm {
        match self.front {
            Edge::MinusX | Edge::PlusX => self.width,
            Edge::MinusY | Edge::PlusY => self.length,
        }
    }

    fn point(&self, x: Mm, y: Mm) -> (Mm, Mm) {
        let (u, v) = match self.front {
            Edge::MinusX => (x, y),
            Edge::PlusX => (self.length - x, self.width - y),
            Edge::MinusY => (y, self.length - x),
            Edge::PlusY => (self.width - y, x),
        };
        (u, if self.mirrored { self.extent_v() - v } else { v })
    }

    fn area(&self, at: [Mm; 2], size: [Mm; 2]) -> Area {
        let (ua, va) = self.point(at[0], at[1]);
        let (ub, vb) = self.point(at[0] + size[0], at[1] + size[1]);
        Area { u0: ua.min(ub), u1: ua.max(ub), v0: va.min(vb), v1: va.max(vb) }
    }

    fn plug(&self, board: &Board, room: &PlugRoom) -> SeatedPlug {
        let socket = &board.power_socket;
        let (at, overhang) = (socket.at.value, socket.overhang.value);
        let half = room.width.value.half();
        let out = overhang + room.reach.value;
        // The plug as a box in board coordinates, outside the socket's mouth.
        let (corner, size) = match socket.edge {
            Edge::MinusX => ([-out, at - half], [room.reach.value, half * 2]),
            Edge::PlusX => ([self.length + overhang, at - half], [room.reach.value, half * 2]),
            Edge::MinusY => ([at - half, -out], [half * 2, room.reach.value]),
            Edge::PlusY => ([at - half, self.width + overhang], [half * 2, room.reach.value]),
        };
        let (x, y) = self.edge_middle(socket.edge);
        let (u, v) = self.point(x, y);
        let exit = if v == Mm::ZERO {
            PlugExit::Strip
        } else if v == self.extent_v() {
            PlugExit::FarEdge
        } else if u == Mm::ZERO {
            PlugExit::Front
        } else {
            PlugExit::Rear
        };
        SeatedPlug { exit, area: self.area(corner, size), reach: out }
    }
}
