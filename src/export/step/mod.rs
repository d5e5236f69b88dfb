//! STEP files (ISO 10303-21, application protocol 214): exact solids for CAD programs.
//!
//! Promised:
//! - One product a distinct solid, with its faces as `PLANE`, `CYLINDRICAL_SURFACE` and
//!   `CONICAL_SURFACE` and its edges as `LINE` and `CIRCLE`. Nothing is approximated: a number reads
//!   back as the very `f64` that it was. Lengths are millimetres, angles radians.
//! - The same solid gives the same bytes: the header's time stamp is empty.
//! - Any text may be a name: quotes, backslashes and everything outside of ASCII are escaped.
//!
//! Written by hand rather than through `truck-stepio` 0.3, which is generic over curves and surfaces
//! but fixes the rest: products without names, one shape a file and no assemblies, the clock in its
//! default header, a schema name that is none, text unescaped, and `FACE_SURFACE` where the protocol
//! asks for `ADVANCED_FACE`. What it would have saved is `shape.rs`.

mod product;
mod shape;
#[cfg(test)]
mod tests;
mod text;
mod writer;

use std::fmt;

use nalgebra::Isometry3;

use crate::geometry::Solid;
use product::Products;

/// A solid and where it stands: its name, its exact boundary, and for each instance a name and the
/// motion from the solid's own coordinates to the assembly's, in millimetres.
pub type Component<'a> = (&'a str, &'a Solid, &'a [(String, Isometry3<f64>)]);

/// Why a STEP file cannot be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepError {
    /// A product is one solid; this one falls into several, or none.
    Bodies {
        /// The solid's name.
        name: String,
        /// How many parts it falls into.
        bodies: usize,
    },
    /// A coordinate or a placement is infinite or not a number.
    NotFinite {
        /// The solid's name.
        name: String,
    },
}

impl fmt::Display for StepError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StepError::Bodies { name, bodies } => {
                write!(f, "{name} falls into {bodies} bodies, where one is expected")
            }
            StepError::NotFinite { name } => {
                write!(f, "a coordinate or placement of {name} is not a finite number")
            }
        }
    }
}

impl std::error::Error for StepError {}

/// One solid as a STEP file. `name` becomes the product's name, `about` its description.
///
/// ```
/// use pibuild::export::step;
/// use pibuild::geometry::{Sketch, Stack};
/// use pibuild::units::Mm;
///
/// let mm = Mm::from_mm;
/// let plate = Sketch::rect(Mm::ZERO, Mm::ZERO, mm(40.0), mm(20.0));
/// let solid = Stack::new().add(plate, Mm::ZERO..mm(3.0)).build()?;
/// let text = step::part("plate", "A plate", &solid)?;
/// assert!(text.starts_with("ISO-10303-21;") && text.contains("MANIFOLD_SOLID_BREP('plate',"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// If the solid is not one body (it may have voids), or a coordinate is not finite.
pub fn part(name: &str, about: &str, solid: &Solid) -> Result<String, StepError> {
    let mut products = Products::new();
    products.part(name, about, solid)?;
    Ok(products.file(name, about))
}

/// An assembly as one STEP file: each distinct solid once, and an occurrence of it at every place.
/// `name` becomes the product's name, `about` its description. A component without places is left
/// out.
///
/// # Errors
/// As for [`part`]; or if a placement is not finite.
pub fn assembly(
    name: &str,
    about: &str,
    components: &[Component<'_>],
) -> Result<String, StepError> {
    let mut products = Products::new();
    products.assembly(name, about, components)?;
    Ok(products.file(name, about))
}
