//! Where every solid stands: in a bank, banks and devices in racks, racks in the cluster.
//!
//! Millimetres throughout, X to the right seen from the front, Y to the rear, Z up. Origins:
//!
//! | frame | x = 0 | y = 0 | z = 0 |
//! |---|---|---|---|
//! | bank | outer face of the left bracket's plate | front of ears and caddies | foot of the brackets |
//! | rack | middle of the opening | mounting face of the posts | floor |
//! | cluster | middle of the racks | their middle, for a row the mounting faces | floor |
//!
//! Promise: shapes are held once, however often they stand somewhere; an [`Instance`] moves its
//! shape by a turn and a shift, no more. A part that could not be modelled has no shape and no
//! instance. Bought things are boxes as large as the catalogue says: they keep room free, they do
//! not look like the thing.
//!
//! The row of caddies is drawn pushed together face to face, as it hangs, with the play that is
//! left shared between both ends.

mod bank;
mod board;
mod bought;
mod enclosure;
mod rack;
mod scene;

use nalgebra::Isometry3;

use crate::cluster::Cluster;
use crate::farm::Print;
use crate::geometry::{Bounds, Mesh};
use crate::layout::Layout;
use crate::units::Mm;
use crate::wiring::Feed;

pub use enclosure::Enclosure;
pub use rack::{BankPlace, RackModel};
pub use scene::MOST_RACKS;

/// What a surface looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finish {
    /// A printed caddy.
    Printed,
    /// A printed end bracket.
    Bracket,
    /// An extrusion.
    Aluminium,
    /// A printed circuit board.
    Board,
    /// Shields and screws.
    Metal,
    /// Sockets, headers, plugs, fans.
    Black,
    /// Rack posts and devices.
    Steel,
    /// Posts and horizontals of the frame.
    Frame,
    /// Plates of the frame.
    Plywood,
    /// Painted parts of the shell, fan covers.
    Shell,
    /// Window frames, letters.
    White,
    /// Window panes.
    Pane,
    /// Blocks of castors.
    Red,
    /// The glass of the lamp.
    Amber,
}

/// One body of a shape.
#[derive(Clone, Debug)]
pub struct Piece {
    /// What it is, if the shape has several; else empty.
    pub what: String,
    /// Its looks.
    pub finish: Finish,
    /// In the shape's own frame.
    pub mesh: Mesh,
    /// False for what could be there but is not: a card in the socket of a board that boots from
    /// the network.
    pub fitted: bool,
}

/// Something that stands somewhere, once or often.
#[derive(Clone, Debug)]
pub struct Shape {
    /// What it is: a part's name, `board`, `rail`, a device's catalogue id.
    pub name: String,
    /// Its bodies.
    pub pieces: Vec<Piece>,
}

/// A shape at a place.
#[derive(Clone, Debug)]
pub struct Instance {
    /// Number of the shape in [`Assembly::shapes`].
    pub shape: usize,
    /// Its own name, such as `caddy-07`.
    pub name: String,
    /// From the shape's frame to that of the bank or rack.
    pub place: Isometry3<f64>,
    /// Number of the board that it is or feeds, from 0 at the left; it is missing where that board
    /// is.
    pub board: Option<u32>,
}

/// Every solid of a cluster.
#[derive(Clone, Debug, Default)]
pub struct Assembly {
    /// All shapes.
    pub shapes: Vec<Shape>,
    /// What one full bank consists of, in its own frame.
    pub bank: Vec<Instance>,
    /// The two posts that a bank stands between, in the bank's frame.
    pub posts: Vec<Instance>,
    /// Devices that stand so near to a bank that they could meet it, in the bank's frame; one for each
    /// way that one stands to a bank.
    pub beside: Vec<Instance>,
    /// The racks, in order of their numbers.
    pub racks: Vec<RackModel>,
    /// From a bank to the one in the units above.
    pub bank_step: Mm,
}

impl Assembly {
    /// Places everything.
    pub fn new(cluster: &Cluster, layout: &Layout, feeds: &[Feed], prints: &[Print]) -> Assembly {
        let mut assembly = Assembly::default();
        bank::build(&mut assembly, cluster, prints);
        rack::build(&mut assembly, cluster, layout);
        rack::hang(&mut assembly, layout, feeds);
        assembly
    }

    /// The box around an instance, in its bank or rack.
    pub fn bounds(&self, instance: &Instance) -> Bounds {
        let mut bounds = Bounds::EMPTY;
        for piece in &self.shapes[instance.shape].pieces {
            let piece = piece.mesh.bounds().placed(&instance.place);
            bounds.include(piece.min.coords.into());
            bounds.include(piece.max.coords.into());
        }
        bounds
    }

    fn add_shape(&mut self, name: impl Into<String>, pieces: Vec<Piece>) -> usize {
        self.shapes.push(Shape { name: name.into(), pieces });
        self.shapes.len() - 1
    }
}

impl Piece {
    /// A body that is there.
    fn new(what: impl Into<String>, finish: Finish, mesh: Mesh) -> Piece {
        Piece { what: what.into(), finish, mesh, fitted: true }
    }

    /// A box between two corners.
    fn cuboid(what: impl Into<String>, finish: Finish, from: [Mm; 3], to: [Mm; 3]) -> Piece {
        let mut bounds = Bounds::EMPTY;
        bounds.include(from.map(Mm::mm));
        bounds.include(to.map(Mm::mm));
        Piece::new(what, finish, Mesh::cuboid(&bounds))
    }
}

/// A plain shift.
fn shift(x: Mm, y: Mm, z: Mm) -> Isometry3<f64> {
    Isometry3::translation(x.mm(), y.mm(), z.mm())
}
