//! A board in the frame of its caddy.
//!
//! Seen from the component side, `u` runs from the caddy's front to its rear and `v` away from the
//! strip that holds the rail. The front edge's sockets are flush with u = 0 (or the standoffs are,
//! where holes stand nearer to the edge than a standoff is thick); the strip lies below v = 0. Where a board's power edge comes out on the other side, the picture is mirrored in v and
//! the finished part is mirrored back: [`SeatedBoard::mirrored`] says so.

use crate::catalog::{Board, ComponentBox, Edge, PlugRoom};
use crate::units::Mm;

/// Wall around a standoff, so that its rim never just touches the wall's edge.
const STANDOFF_MARGIN: Mm = Mm::um(500);

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

    /// The part of it that lies in another.
    #[must_use]
    pub fn clipped(self, to: Area) -> Area {
        Area {
            u0: self.u0.max(to.u0),
            u1: self.u1.min(to.u1),
            v0: self.v0.max(to.v0),
            v1: self.v1.min(to.v1),
        }
    }

    /// Shortened on one side so that it leaves `other` alone: the side where that costs least.
    fn without(self, other: Area) -> Area {
        if !self.overlaps(other) {
            return self;
        }
        let (length, width) = (self.u1 - self.u0, self.v1 - self.v0);
        let shortened = [
            (width * (other.u1 - self.u0).mm(), Area { u0: other.u1, ..self }),
            (width * (self.u1 - other.u0).mm(), Area { u1: other.u0, ..self }),
            (length * (other.v1 - self.v0).mm(), Area { v0: other.v1, ..self }),
            (length * (self.v1 - other.v0).mm(), Area { v1: other.v0, ..self }),
        ];
        shortened.into_iter().min_by_key(|(cost, _)| *cost).map_or(self, |(_, area)| area)
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
    /// Where its solder tails are, or, for a part on the underside, where it stands.
    pub under: Area,
    /// Height over the board's component side.
    pub above: Mm,
    /// Depth under the board's solder side.
    pub below: Mm,
    /// A bare metal shield.
    pub shield: bool,
    /// False for what could be there but is not: a card in the socket of a board that boots from
    /// the network.
    pub fitted: bool,
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
    /// Height of its middle over the board's component side.
    pub height: Mm,
    /// Across the board.
    pub thickness: Mm,
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
    /// From the caddy's front to the board's front edge.
    pub front: Mm,
    /// Where board and standoffs end to the rear.
    pub rear: Mm,
    /// Where board and standoffs end, away from the strip.
    pub far: Mm,
    /// True if the picture is the mirror image of the real caddy.
    pub mirrored: bool,
}

/// What a board's place in its caddy has to leave room for.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    /// Radius of the standoffs.
    pub standoff: Mm,
    /// Where the strip's block ends, front to rear.
    pub strip_end: Mm,
    /// Between that block and the nearest thing on the board's edge.
    pub clearance: Mm,
    /// How much further than the board its caddy reaches at the far edge.
    pub beyond: Mm,
}

impl SeatedBoard {
    /// Where the furthest thing behind the board ends: a component, a card, a plug. Not less than
    /// where the board ends.
    pub fn reach(&self) -> Mm {
        let boxes = self.boxes.iter().filter(|it| it.fitted).map(|it| it.area.u1);
        let plug = (self.plug.exit == PlugExit::Rear).then_some(self.plug.area.u1);
        boxes.chain(plug).fold(self.rear, Mm::max)
    }
}

impl SeatedBoard {
    /// Seats a board with its front edge to the front and its power edge to the strip: as near to
    /// both as sockets and standoffs allow. `absent` names a component that this design leaves out.
    pub fn new(board: &Board, plug: &PlugRoom, room: Room, absent: Option<&str>) -> SeatedBoard {
        let turn = Turn::new(board);
        let around = room.standoff + STANDOFF_MARGIN;
        let holes = || board.holes.at.iter().map(|&[x, y]| turn.point(x, y));
        let nearest = |distance: Option<Mm>| distance.map_or(Mm::ZERO, |it| around - it);
        let front = board.overhang(board.front).max(nearest(holes().map(|hole| hole.0).min()));
        let out = |component: &ComponentBox| {
            let area = turn.area(component.at, component.size);
            let beside_block = area.u0 + front < room.strip_end;
            if beside_block { -area.v0 } else { Mm::ZERO }
        };
        let overhang = board.boxes.iter().map(out).max().unwrap_or(Mm::ZERO).max(Mm::ZERO);
        let gap = (overhang + room.clearance).max(nearest(holes().map(|hole| hole.1).min()));
        let shift = |area: Area| area.moved(front, gap);
        let holes: Vec<(Mm, Mm)> = holes().map(|(u, v)| (u + front, v + gap)).collect();
        let pcb = shift(turn.area([Mm::ZERO, Mm::ZERO], [turn.length, turn.width]));
        let standoffs: Vec<Area> = holes
            .iter()
            .map(|&(u, v)| Area { u0: u, u1: u, v0: v, v1: v }.grown(room.standoff))
            .collect();
        let boxes = board.boxes.iter().map(|component| {
            let area = shift(turn.area(component.at, component.size));
            let fitted = absent != Some(component.what.as_str());
            SeatedBox { fitted, ..SeatedBox::new(component, area, pcb, &standoffs) }
        });
        let furthest = |edge: Mm, hole: Option<Mm>| hole.map_or(edge, |it| edge.max(it + around));
        let plug = turn.plug(board, plug);
        SeatedBoard {
            rear: furthest(pcb.u1, holes.iter().map(|hole| hole.0).max()),
            far: furthest(pcb.v1 + room.beyond, holes.iter().map(|hole| hole.1).max()),
            boxes: boxes.collect(),
            plug: SeatedPlug { area: shift(plug.area), ..plug },
            pcb,
            holes,
            front,
            mirrored: turn.mirrored,
        }
    }

    /// The same board further away from the strip.
    #[must_use]
    pub fn moved_aside(mut self, dv: Mm) -> SeatedBoard {
        let shift = |area: Area| area.moved(Mm::ZERO, dv);
        self.pcb = shift(self.pcb);
        for it in &mut self.boxes {
            (it.area, it.under) = (shift(it.area), shift(it.under));
        }
        for hole in &mut self.holes {
            hole.1 += dv;
        }
        self.plug.area = shift(self.plug.area);
        self.far += dv;
        self
    }
}

impl SeatedBox {
    fn new(component: &ComponentBox, area: Area, pcb: Area, standoffs: &[Area]) -> SeatedBox {
        let (above, below) = (component.above.value, component.below.value);
        // Tails end with the board, and a maker keeps them clear of the holes; a part on the
        // underside may stand out over the edge.
        let under = if above > Mm::ZERO {
            standoffs.iter().fold(area.clipped(pcb), |under, standoff| under.without(*standoff))
        } else {
            area
        };
        let what = component.what.clone();
        SeatedBox { what, area, under, above, below, shield: component.shield, fitted: true }
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
        SeatedPlug {
            exit,
            area: self.area(corner, size),
            reach: out,
            height: socket.height.value,
            thickness: room.thickness.value,
        }
    }
}
