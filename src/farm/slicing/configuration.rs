//! All that a slicer must know beside the model.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::catalog::Material;
use crate::farm::Profile;
use crate::outputs::sha256;
use crate::spec::{Document, PrinterUse};
use crate::units::Mm;

/// Parts are sliced alone, on a bed that no part is too large for.
const WIDE: Mm = Mm::um(1_000_000);
/// Source: PrusaSlicer 2.5.0, PrintConfig.cpp: the most that `max_print_height` may be, in mm.
const TALLEST: f64 = 1200.0;

/// A slicer's configuration for one printer and one filament.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Configuration {
    /// The profile that it is made from.
    pub profile: String,
    settings: BTreeMap<String, String>,
}

impl Configuration {
    /// The printer's profile, and above it what the design decides: layers, nozzle, brim, filament.
    pub fn new(
        document: &Document,
        used: &PrinterUse,
        material: Option<&Material>,
    ) -> Option<Configuration> {
        let printing = &document.design.printing;
        let printer = document.catalog.printers.get(&used.model)?;
        let profile = Profile::of_use(document, used, printer);
        let mut settings = profile.settings;
        let mut set = |key: &str, value: String| settings.insert(key.to_owned(), value);
        set("layer_height", printing.layer_height.mm().to_string());
        set("nozzle_diameter", used.nozzle.unwrap_or(printing.nozzle).mm().to_string());
        // A plate leaves room for this brim, and for nothing else.
        set("brim_width", printing.brim.mm().to_string());
        set("skirts", "0".to_owned());
        // What is read here is text.
        set("binary_gcode", "0".to_owned());
        if let Some(material) = material {
            set("filament_density", material.density.value.to_string());
            let nozzle = material.nozzle_temperature.as_ref();
            let bed = material.bed_temperature.as_ref();
            for (keys, heat) in [
                (["temperature", "first_layer_temperature"], nozzle),
                (["bed_temperature", "first_layer_bed_temperature"], bed),
            ] {
                // Whoever has a profile of their own knows how hot their filament wants it.
                let known = heat.filter(|_| keys.iter().all(|key| !settings.contains_key(*key)));
                for key in keys {
                    let heat = known.map(|heat| heat.value.0.round().to_string());
                    settings.extend(heat.map(|heat| (key.to_owned(), heat)));
                }
            }
        }
        let alone = Configuration { profile: profile.name, settings };
        Some(alone.on_bed([WIDE; 3]))
    }

    /// The same for a bed, along x, along y and height, with its corner at the origin.
    #[must_use]
    pub fn on_bed(mut self, bed: [Mm; 3]) -> Configuration {
        let [width, depth, height] = bed.map(Mm::mm);
        let corners = format!("0x0,{width}x0,{width}x{depth},0x{depth}");
        self.settings.insert("bed_shape".to_owned(), corners);
        self.settings.insert("max_print_height".to_owned(), height.min(TALLEST).to_string());
        self
    }

    /// As PrusaSlicer loads it.
    pub fn text(&self) -> String {
        self.settings.iter().fold(String::new(), |mut text, (key, value)| {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{key} = {value}");
            text
        })
    }

    /// What it is known by: the SHA-256 of its text.
    pub fn sha256(&self) -> String {
        sha256(self.text().as_bytes())
    }
}
