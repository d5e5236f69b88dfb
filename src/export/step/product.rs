//! Products, their shapes, and where they stand.

use nalgebra::{Isometry3, Vector3};

use super::text::{list, string};
use super::writer::Writer;
use super::{Component, StepError, shape};
use crate::geometry::Solid;

/// Points closer than this (in mm) are to be taken as one: more than the kernel's 2 nm, since a
/// vertex may be off its curves by as much, and the curve off its surfaces.
const UNCERTAINTY: &str = "1.E-5";

/// The products of one file.
pub struct Products {
    writer: Writer,
    /// Context of products.
    product_context: usize,
    /// Context of their definitions.
    definition_context: usize,
    /// Millimetres, radians and the uncertainty.
    units: usize,
}

/// A product: its definition, the representation of its shape, and the frame of the latter.
struct Product {
    definition: usize,
    representation: usize,
    frame: usize,
}

impl Products {
    /// None yet.
    pub fn new() -> Products {
        let mut writer = Writer::new();
        let application = writer
            .entity("APPLICATION_CONTEXT('core data for automotive mechanical design processes')");
        writer.entity(&format!(
            "APPLICATION_PROTOCOL_DEFINITION('international standard','automotive_design',2000,\
             #{application})"
        ));
        let product_context =
            writer.entity(&format!("PRODUCT_CONTEXT('',#{application},'mechanical')"));
        let definition_context = writer.entity(&format!(
            "PRODUCT_DEFINITION_CONTEXT('part definition',#{application},'design')"
        ));
        let length = writer.entity("(LENGTH_UNIT()NAMED_UNIT(*)SI_UNIT(.MILLI.,.METRE.))");
        let angle = writer.entity("(NAMED_UNIT(*)PLANE_ANGLE_UNIT()SI_UNIT($,.RADIAN.))");
        let solid_angle = writer.entity("(NAMED_UNIT(*)SI_UNIT($,.STERADIAN.)SOLID_ANGLE_UNIT())");
        let uncertainty = writer.entity(&format!(
            "UNCERTAINTY_MEASURE_WITH_UNIT(LENGTH_MEASURE({UNCERTAINTY}),#{length},\
             'distance_accuracy_value','')"
        ));
        let units = writer.entity(&format!(
            "(GEOMETRIC_REPRESENTATION_CONTEXT(3)\
             GLOBAL_UNCERTAINTY_ASSIGNED_CONTEXT((#{uncertainty}))\
             GLOBAL_UNIT_ASSIGNED_CONTEXT((#{length},#{angle},#{solid_angle}))\
             REPRESENTATION_CONTEXT('',''))"
        ));
        Products { writer, product_context, definition_context, units }
    }

    /// Adds a product with a solid.
    pub fn part(&mut self, name: &str, about: &str, solid: &Solid) -> Result<(), StepError> {
        self.solid(name, about, solid).map(drop)
    }

    /// Adds a product that consists of others, and these.
    pub fn assembly(
        &mut self,
        name: &str,
        about: &str,
        components: &[Component<'_>],
    ) -> Result<(), StepError> {
        let mut placed = Vec::new();
        let origin = self.frame(&Isometry3::identity());
        let mut frames = vec![origin];
        for &(part, solid, places) in components.iter().filter(|(_, _, places)| !places.is_empty())
        {
            let product = self.solid(part, "", solid)?;
            let mut occurrences = Vec::with_capacity(places.len());
            for (occurrence, place) in places {
                let frame = self.frame(place);
                self.expect_finite(part)?;
                frames.push(frame);
                occurrences.push((occurrence.as_str(), frame));
            }
            placed.push((product, occurrences));
        }
        let representation = self.writer.entity(&format!(
            "SHAPE_REPRESENTATION({},{},#{})",
            string(name),
            list(&frames),
            self.units
        ));
        let whole = self.product(name, about, representation, origin);
        let mut number = 0;
        for (product, occurrences) in &placed {
            for (occurrence, frame) in occurrences {
                number += 1;
                self.place(&whole, product, number, occurrence, *frame);
            }
        }
        Ok(())
    }

    /// The whole file. Its header has no time stamp, so that it is the same tomorrow.
    pub fn file(&self, name: &str, about: &str) -> String {
        let data = self.writer.text();
        let (file, about) = (string(&format!("{name}.step")), string(about));
        format!(
            "ISO-10303-21;\n\
             HEADER;\n\
             FILE_DESCRIPTION(({about}),'2;1');\n\
             FILE_NAME({file},'',(''),(''),'pibuild','pibuild','');\n\
             FILE_SCHEMA(('AUTOMOTIVE_DESIGN {{ 1 0 10303 214 1 1 1 1 }}'));\n\
             ENDSEC;\n\
             DATA;\n\
             {data}\
             ENDSEC;\n\
             END-ISO-10303-21;\n"
        )
    }

    fn solid(&mut self, name: &str, about: &str, solid: &Solid) -> Result<Product, StepError> {
        let (1, [outer, voids @ ..]) = (solid.bodies(), solid.shells()) else {
            return Err(StepError::Bodies { name: name.to_owned(), bodies: solid.bodies() });
        };
        let frame = self.frame(&Isometry3::identity());
        let boundary = shape::solid(&mut self.writer, name, outer, voids);
        self.expect_finite(name)?;
        let representation = self.writer.entity(&format!(
            "ADVANCED_BREP_SHAPE_REPRESENTATION({},(#{frame},#{boundary}),#{})",
            string(name),
            self.units
        ));
        Ok(self.product(name, about, representation, frame))
    }

    fn product(&mut self, name: &str, about: &str, representation: usize, frame: usize) -> Product {
        let (name, about) = (string(name), string(about));
        let context = self.product_context;
        let product = self.writer.entity(&format!("PRODUCT({name},{name},{about},(#{context}))"));
        self.writer.entity(&format!("PRODUCT_RELATED_PRODUCT_CATEGORY('part',$,(#{product}))"));
        let formation =
            self.writer.entity(&format!("PRODUCT_DEFINITION_FORMATION('','',#{product})"));
        let context = self.definition_context;
        let definition =
            self.writer.entity(&format!("PRODUCT_DEFINITION('design','',#{formation},#{context})"));
        let shape = self.writer.entity(&format!("PRODUCT_DEFINITION_SHAPE('','',#{definition})"));
        self.writer.entity(&format!("SHAPE_DEFINITION_REPRESENTATION(#{shape},#{representation})"));
        Product { definition, representation, frame }
    }

    /// An occurrence of `part` in `whole`: what the part has in its own frame stands in `frame`.
    fn place(
        &mut self,
        whole: &Product,
        part: &Product,
        number: usize,
        occurrence: &str,
        frame: usize,
    ) {
        let occurrence = string(occurrence);
        let usage = self.writer.entity(&format!(
            "NEXT_ASSEMBLY_USAGE_OCCURRENCE('{number}',{occurrence},'',#{},#{},$)",
            whole.definition, part.definition
        ));
        let shape = self.writer.entity(&format!("PRODUCT_DEFINITION_SHAPE('','',#{usage})"));
        let motion = self
            .writer
            .entity(&format!("ITEM_DEFINED_TRANSFORMATION('','',#{},#{frame})", part.frame));
        let relation = self.writer.entity(&format!(
            "(REPRESENTATION_RELATIONSHIP('','',#{},#{})\
             REPRESENTATION_RELATIONSHIP_WITH_TRANSFORMATION(#{motion})\
             SHAPE_REPRESENTATION_RELATIONSHIP())",
            part.representation, whole.representation
        ));
        self.writer
            .entity(&format!("CONTEXT_DEPENDENT_SHAPE_REPRESENTATION(#{relation},#{shape})"));
    }

    /// A frame of its own: a representation shares none with another.
    fn frame(&mut self, place: &Isometry3<f64>) -> usize {
        let axis: [f64; 3] = (place.rotation * Vector3::z()).into();
        let toward: [f64; 3] = (place.rotation * Vector3::x()).into();
        let origin: [f64; 3] = place.translation.vector.into();
        let frame = self.writer.frame(origin, axis, toward);
        self.writer.entity(&frame)
    }

    fn expect_finite(&self, name: &str) -> Result<(), StepError> {
        let name = name.to_owned();
        if self.writer.is_finite() { Ok(()) } else { Err(StepError::NotFinite { name }) }
    }
}
