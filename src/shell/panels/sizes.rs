//! Sizes of the shell, from the frame outwards.

use crate::catalog::Sheet;
use crate::cluster::{Known, Ledger};
use crate::shell::frame::Frame;
use crate::spec::{Document, ShellStyle, ToolKind};
use crate::units::Mm;

/// Where the proportions come from: they hold for the flagship and shrink with smaller boxes.
const OWN: &str = "design rule of pibuild";

/// Between the frame's top plate and the ring that closes the walls.
const OVER_PLATE: Mm = Mm::um(10_000);

/// Sizes of the shell. Heights count from the base plate's upper side.
#[derive(Clone, Debug)]
pub struct Sizes {
    /// Thickness of the sheet.
    pub sheet: Mm,
    /// What a joint is wider than what goes in.
    pub allowance: Mm,
    /// Depth of a groove that a board stands in; nothing with a saw.
    pub dado: Mm,
    /// Layers of sheet in the walls.
    pub layers: i64,
    /// Half of the body, left to right and front to rear.
    pub half: [Mm; 2],
    /// Width of a corner post's face.
    pub post: Mm,
    /// How far the innermost layer stands into the opening between corner posts.
    pub stop: Mm,
    /// From a corner of the body, along a side, to the frame's slots that it is bolted to.
    pub slot_inset: Mm,
    /// From a corner of the frame, along a side, to the slots that the shell is bolted to.
    pub frame_slot: Mm,
    /// How far the plinth's lower and upper step stand out.
    pub steps: [Mm; 2],
    /// Lower edge of the plinth.
    pub foot: Mm,
    /// Top of the plinth.
    pub deck: Mm,
    /// Upper edge of the doorway.
    pub lintel: Mm,
    /// Top of the corner posts.
    pub head: Mm,
    /// Between a leaf and what is around it.
    pub gap: Mm,
    /// Set-back steps of the roof.
    pub tiers: i64,
    /// Height of a step's fascia.
    pub tier: Mm,
    /// How far each step goes back.
    pub setback: Mm,
    /// Upper side of the roof.
    pub top: Mm,
    /// Does it have stiles and rails, a sign and a lamp?
    pub dressed: bool,
    /// Cutter's radius, for inner corners; `None` for a saw.
    pub relief: Option<Mm>,
}

impl Sizes {
    /// Derives all sizes.
    pub(super) fn new(document: &Document, frame: &Frame, ledger: &mut Ledger) -> Option<Sizes> {
        let shell = &document.design.shell;
        let entry = document.catalog.sheets.get(&shell.sheet)?;
        let dressed = shell.style == ShellStyle::PoliceBox;
        let sheet = thickness(document, entry, ledger);
        let t = sheet.value;
        let allowance = ledger.given("shell.joint_allowance", shell.joint_allowance);
        let router = shell.tool.kind == ToolKind::Router;
        let (formula, depth) = if router {
            ("shell.sheet_thickness / 3", t / 3)
        } else {
            ("none: a saw cuts no grooves that end, so boards butt", Mm::ZERO)
        };
        let dado = ledger.derive("shell.dado_depth", formula, &[&sheet], depth);
        let layers: i64 = if dressed { 3 } else { 2 };
        let body = |name: &str, outer: &Known<Mm>, ledger: &mut Ledger| {
            ledger.derive(
                &format!("shell.body_{name}"),
                format!("frame.outer_{name} + 2 × (a packer and {layers} layers of the sheet)"),
                &[outer, &sheet],
                outer.value + t * (2 * (layers + 1)),
            )
        };
        let width = body("width", &frame.sizes.outer_width, ledger);
        let depth = body("depth", &frame.sizes.outer_depth, ledger);
        let narrow = width.value.min(depth.value);
        let share = |name: &str, share: f64, least: Mm, ledger: &mut Ledger| {
            let rule = ledger.rule(&format!("shell.{name}_share"), share, OWN);
            ledger.derive(
                &format!("shell.{name}"),
                format!(
                    "shell.{name}_share × the body's narrower side in whole mm, {least} at least"
                ),
                &[&rule, &width, &depth],
                (narrow * share).floor_to(Mm::um(1_000)).max(least),
            )
        };
        let post = share("post_width", 0.075, t * 4.5, ledger).value;
        let setback = share("roof_setback", 0.0265, Mm::um(12_000), ledger).value;
        let step = share("plinth_step", 0.0375, t * 1.5, ledger).value;
        let post_length = frame.sizes.post_length.value;
        let upright = |name: &str, share: f64, least: Mm, ledger: &mut Ledger| {
            let rule = ledger.rule(&format!("shell.{name}_share"), share, OWN);
            ledger.derive(
                &format!("shell.{name}"),
                format!("shell.{name}_share × frame.post_length in whole mm, {least} at least"),
                &[&rule, &frame.sizes.post_length],
                (post_length * share).floor_to(Mm::um(1_000)).max(least),
            )
        };
        // The header lies over the frame's top plate.
        let beam = frame.sizes.beam_height.value;
        let over_plate = beam + frame.sizes.plate_thickness.value + OVER_PLATE;
        let head_height = upright("lintel_height", 0.11, over_plate.max(t * 6), ledger).value;
        let tier = upright("tier_height", 0.033, Mm::um(45_000), ledger).value;
        let tiers: i64 = if dressed { 3 } else { 1 };
        let (deck, lintel) = (beam, post_length - beam);
        let head = lintel + head_height;
        // Header, base ring, then each step with its cap; the last cap is the roof.
        let top = head + t * 2 + (tier + t) * tiers;
        let clearance = ledger.rule("shell.floor_clearance", Mm::um(15_000), OWN);
        let under = frame.sizes.clearance.value + frame.sizes.plate_thickness.value;

        // The innermost layer is bolted to the frame through what is seen of it in the doorway.
        let (leg, side) = (frame.sizes.leg(), frame.sizes.post_side.value);
        let slot_inset = leg - side.half();
        let outer_to_body = t * (layers + 1);
        let to_slot = slot_inset + outer_to_body - post;
        let stop = (to_slot + Mm::um(15_000)).max(Mm::um(20_000));
        let sizes = Sizes {
            sheet: t,
            allowance: allowance.value,
            dado: dado.value,
            layers,
            half: [width.value.half(), depth.value.half()],
            post,
            stop,
            slot_inset: outer_to_body + slot_inset,
            frame_slot: slot_inset,
            steps: if dressed { [step, step.half()] } else { [step.half(), step.half()] },
            foot: clearance.value - under,
            deck,
            lintel,
            head,
            gap: Mm::um(4_000),
            tiers,
            tier,
            setback,
            top,
            dressed,
            relief: router.then(|| shell.tool.diameter.half()),
        };
        sizes.record(&width, &depth, frame, ledger);
        Some(sizes)
    }

    /// Overall sizes.
    fn record(&self, width: &Known<Mm>, depth: &Known<Mm>, frame: &Frame, ledger: &mut Ledger) {
        let out = self.beyond();
        for (name, body) in [("width", width), ("depth", depth)] {
            ledger.derive(
                &format!("shell.{name}"),
                format!("shell.body_{name} + 2 × {out}: plinth or signs"),
                &[body],
                body.value + out * 2,
            );
        }
        let under = frame.sizes.clearance.value + frame.sizes.plate_thickness.value;
        let height = ledger.derive(
            "shell.height",
            format!("from the floor to the roof: castors and base plate {under} + {}", self.top),
            &[&frame.sizes.clearance, &frame.sizes.plate_thickness, &frame.sizes.post_length],
            self.height(frame),
        );
        if let Some(lamp) = &frame.lamp {
            let lamp = lamp.size("height", 2, ledger);
            ledger.derive(
                "shell.height_with_lamp",
                "shell.height + lamp height",
                &[&height, &lamp],
                height.value + lamp.value,
            );
        }
    }

    /// How far plinth or signs stand out from the body.
    fn beyond(&self) -> Mm {
        self.steps[0].max(if self.dressed { self.sign_depth() } else { Mm::ZERO })
    }

    /// Over everything, left to right and front to rear.
    pub fn over_all(&self) -> [Mm; 2] {
        self.half.map(|half| (half + self.beyond()) * 2)
    }

    /// Is it all straight cuts and drilled holes? A saw makes no grooves that end, no slots, no inner
    /// corners, no letters.
    pub fn sawn(&self) -> bool {
        self.relief.is_none()
    }

    /// From the floor to the roof, lamp left out.
    pub fn height(&self, frame: &Frame) -> Mm {
        frame.sizes.clearance.value + frame.sizes.plate_thickness.value + self.top
    }

    /// Over the plinth, left to right and front to rear.
    pub fn plinth(&self) -> [Mm; 2] {
        self.half.map(|half| (half + self.steps[0]) * 2)
    }

    /// How far the signs stand out.
    pub fn sign_depth(&self) -> Mm {
        self.sheet * 3
    }

    /// A layer of a wall whose outer face is at `out`: 0 is the innermost.
    pub fn layer(&self, out: Mm, number: i64) -> [Mm; 2] {
        let outer = out - self.sheet * (self.layers - 1 - number);
        [outer - self.sheet, outer]
    }

    /// The innermost face of a wall.
    pub fn inner(&self, out: Mm) -> Mm {
        out - self.sheet * self.layers
    }

    /// Half of the opening between corner posts.
    pub fn opening(&self, half: Mm) -> Mm {
        half - self.post
    }

    /// How far a step of the roof has gone back: step 1 is the lowest.
    pub fn back(&self, step: i64) -> Mm {
        self.setback * step
    }
}

/// The sheet's thickness: as measured, or as the catalogue has it.
fn thickness(document: &Document, entry: &Sheet, ledger: &mut Ledger) -> Known<Mm> {
    let shell = &document.design.shell;
    if let Some(measured) = shell.sheet_thickness {
        return ledger.given("shell.sheet_thickness", measured);
    }
    let name = format!("catalog.sheets.{}", shell.sheet);
    let nominal = ledger.fact(&name, "thickness", &entry.thickness, &entry.source);
    let formula = "as the catalogue has it: measure it";
    ledger.derive("shell.sheet_thickness", formula, &[&nominal], nominal.value)
}
