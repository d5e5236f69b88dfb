//! The model: materials, meshes, and what is to be built.

use std::io;

use nalgebra::Isometry3;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::{Colour, Object};
use crate::export::opc::printable;
use crate::geometry::Mesh;

/// Namespace of the core specification.
const CORE: &str = "http://schemas.microsoft.com/3dmanufacturing/core/2015/02";

/// Number of the group of materials; objects come after it.
const MATERIALS: usize = 1;

type Xml = Writer<Vec<u8>>;

/// The model as an XML file.
pub fn xml(title: &str, objects: &[Object<'_>]) -> io::Result<Vec<u8>> {
    let mut materials: Vec<(&str, Colour)> = vec![];
    for object in objects {
        if !materials.contains(&(object.material, object.colour)) {
            materials.push((object.material, object.colour));
        }
    }
    let mut xml = Writer::new_with_indent(vec![], b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("model")
        .with_attributes([("unit", "millimeter"), ("xml:lang", "en-US"), ("xmlns", CORE)])
        .write_inner_content(|xml| {
            for (name, value) in [("Title", title), ("Application", "pibuild")] {
                xml.create_element("metadata")
                    .with_attribute(("name", name))
                    .write_text_content(BytesText::new(&printable(value)))?;
            }
            xml.create_element("resources").write_inner_content(|xml| {
                base_materials(xml, &materials)?;
                for (index, object) in objects.iter().enumerate() {
                    let material = (object.material, object.colour);
                    let base = materials.iter().position(|known| *known == material);
                    resource(xml, number(index), base.unwrap_or_default(), object)?;
                }
                Ok(())
            })?;
            xml.create_element("build").write_inner_content(|xml| {
                for (index, object) in objects.iter().enumerate() {
                    for place in object.places {
                        item(xml, number(index), object.part_number, place)?;
                    }
                }
                Ok(())
            })?;
            Ok(())
        })?;
    let mut bytes = xml.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

fn number(index: usize) -> usize {
    MATERIALS + 1 + index
}

fn base_materials(xml: &mut Xml, materials: &[(&str, Colour)]) -> io::Result<()> {
    xml.create_element("basematerials")
        .with_attribute(("id", MATERIALS.to_string().as_str()))
        .write_inner_content(|xml| {
            for (name, Colour { red, green, blue }) in materials {
                let colour = format!("#{red:02X}{green:02X}{blue:02X}");
                xml.create_element("base")
                    .with_attribute(("name", &*printable(name)))
                    .with_attribute(("displaycolor", colour.as_str()))
                    .write_empty()?;
            }
            Ok(())
        })?;
    Ok(())
}

fn resource(xml: &mut Xml, id: usize, base: usize, object: &Object<'_>) -> io::Result<()> {
    xml.create_element("object")
        .with_attribute(("id", id.to_string().as_str()))
        .with_attribute(("type", "model"))
        .with_attribute(("name", &*printable(object.name)))
        .with_attribute(("partnumber", &*printable(object.part_number)))
        .with_attribute(("pid", MATERIALS.to_string().as_str()))
        .with_attribute(("pindex", base.to_string().as_str()))
        .write_inner_content(|xml| triangles(xml, object.mesh))?;
    Ok(())
}

fn triangles(xml: &mut Xml, mesh: &Mesh) -> io::Result<()> {
    xml.create_element("mesh").write_inner_content(|xml| {
        xml.create_element("vertices").write_inner_content(|xml| {
            for point in &mesh.points {
                // The shortest text that reads back as the same f32, without an exponent.
                let [x, y, z] = <[f64; 3]>::from(*point).map(|value| (value as f32).to_string());
                xml.create_element("vertex")
                    .with_attributes([("x", &*x), ("y", &*y), ("z", &*z)])
                    .write_empty()?;
            }
            Ok(())
        })?;
        xml.create_element("triangles").write_inner_content(|xml| {
            for triangle in &mesh.triangles {
                let [first, second, third] = triangle.map(|index| index.to_string());
                xml.create_element("triangle")
                    .with_attributes([("v1", &*first), ("v2", &*second), ("v3", &*third)])
                    .write_empty()?;
            }
            Ok(())
        })?;
        Ok(())
    })?;
    Ok(())
}

fn item(xml: &mut Xml, object: usize, part_number: &str, place: &Isometry3<f64>) -> io::Result<()> {
    let object = object.to_string();
    let mut item = xml
        .create_element("item")
        .with_attribute(("objectid", object.as_str()))
        .with_attribute(("partnumber", &*printable(part_number)));
    if *place != Isometry3::identity() {
        item = item.with_attribute(("transform", transform(place).as_str()));
    }
    item.write_empty()?;
    Ok(())
}

/// Where the three axes and the origin go, as the specification orders them: it multiplies a row
/// vector from the left.
fn transform(place: &Isometry3<f64>) -> String {
    let matrix = place.to_homogeneous();
    let entries = matrix.fixed_view::<3, 4>(0, 0);
    // Adding zero turns -0 into 0; columns are in storage order.
    entries.iter().map(|value| (value + 0.0).to_string()).collect::<Vec<_>>().join(" ")
}
