//! 3MF packages (core specification): meshes for slicers, with names, colours and places.
//!
//! Promised:
//! - Millimetres; every object with its name, part number, material and display colour.
//! - Vertices read back as the `f32` values that were proven; triangles share vertices by index.
//! - The same objects give the same bytes, on every machine.
//! - Any text may be a name; what XML cannot hold becomes U+FFFD.
//!
//! Not promised: that a mesh may be printed. [`certify`](crate::geometry::certify) says so.

mod model;
#[cfg(test)]
mod tests;

use nalgebra::Isometry3;

use super::opc::{self, PackageError};
use crate::geometry::Mesh;

/// Says what kinds of files the package holds.
const CONTENT_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
 <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
 <Default Extension="model" ContentType="application/vnd.ms-package.3dmanufacturing-3dmodel+xml"/>
</Types>
"#;

/// Says which file is the model.
const RELATIONSHIPS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
 <Relationship Target="/3D/3dmodel.model" Id="model" Type="http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel"/>
</Relationships>
"#;

/// What a material looks like on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    /// Red, 0 to 255.
    pub red: u8,
    /// Green, 0 to 255.
    pub green: u8,
    /// Blue, 0 to 255.
    pub blue: u8,
}

/// A mesh and where it lies.
#[derive(Clone, Copy, Debug)]
pub struct Object<'a> {
    /// Name for people.
    pub name: &'a str,
    /// Stable name for machines.
    pub part_number: &'a str,
    /// What it is made of, for people.
    pub material: &'a str,
    /// The material's colour on screen.
    pub colour: Colour,
    /// Its triangles, in millimetres.
    pub mesh: &'a Mesh,
    /// One motion for each copy, from the mesh's coordinates to the bed's, in millimetres.
    pub places: &'a [Isometry3<f64>],
}

/// The package's bytes. `title` says what it is, for people.
///
/// # Errors
/// None that depends on the objects: see [`PackageError`].
pub fn package(title: &str, objects: &[Object<'_>]) -> Result<Vec<u8>, PackageError> {
    let model = model::xml(title, objects).map_err(PackageError::Xml)?;
    opc::archive(&[
        ("[Content_Types].xml", CONTENT_TYPES.as_bytes()),
        ("_rels/.rels", RELATIONSHIPS.as_bytes()),
        ("3D/3dmodel.model", &model),
    ])
}
