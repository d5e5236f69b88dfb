//! The plane: points, lines and arcs, and the sketches drawn with them.

mod contour;
mod gap;
mod lettering;
mod pen;
mod segment;
mod sketch;
mod vec2;

pub use contour::{Contour, Extent, Vertex};
pub use gap::gap;
pub use lettering::Lettering;
pub use pen::{Pen, Turn};
pub use segment::{Rect, Segment, Shape, winding};
pub use sketch::{Outline, Sketch, SquareMm, circle};
pub use vec2::{Vec2, vec2};
