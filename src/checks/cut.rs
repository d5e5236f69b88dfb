//! CUT: does a sheet or bar that is to be had hold every piece?

use std::collections::BTreeMap;

use super::{Finding, Severity, Subject};
use crate::cutting::{self, Grain, Piece, Sheet};
use crate::shell::Frame;
use crate::spec::ToolKind;
use crate::units::Mm;
use crate::workshop;

/// One finding a profile, and one a sheet.
pub fn check(subject: &Subject) -> Vec<Finding> {
    let mut findings = bars(subject);
    findings.extend(sheets(subject));
    findings.extend(edge(subject));
    findings
}

/// Does a router stay on the sheet? With its middle off the edge it cuts air on one side, where clamps
/// and the sheet's own edge are.
fn edge(subject: &Subject) -> Option<Finding> {
    let tool = &subject.built.document.design.shell.tool;
    if tool.kind != ToolKind::Router || subject.built.shell.flat_parts().next().is_none() {
        return None;
    }
    let trim = workshop::cutter(&subject.built.document.design).trim;
    let radius = tool.diameter.half();
    let finding = Finding::new("CUT-edge", "tool paths along the edges of sheets")
        .held(trim, radius)
        .above(trim.mm(), radius.mm())
        .because(format!(
            "pieces lie {trim} inside the sheet and the tool's middle runs {radius} beside them"
        ))
        .at("stock.trim")
        .source("geometry");
    Some(if trim >= radius {
        finding
    } else {
        let off = radius - trim;
        finding.severity(Severity::Note).fix(format!(
            "`stock.trim: auto`; or mind clamps and a sheet that is not square: the tool's middle \
             runs {off} off it"
        ))
    })
}

fn bars(subject: &Subject) -> Vec<Finding> {
    let rail = &subject.built.cluster.rail;
    let mut longest: BTreeMap<String, Mm> = BTreeMap::new();
    let frame = subject.built.shell.frame.iter().flat_map(Frame::cut_bars);
    let bars = frame.map(|bar| (bar.profile, bar.bought));
    for (profile, length) in bars.chain([(rail.profile_id.clone(), rail.bought.value)]) {
        let most = longest.entry(profile).or_default();
        *most = length.max(*most);
    }
    let sold = subject.built.document.design.stock.bars.iter().copied().max().unwrap_or_default();
    let judge = |(profile, length): (String, Mm)| {
        let finding = Finding::new("CUT-bar", profile)
            .held(length.to_string(), sold.to_string())
            .because(format!("the longest piece is {length}, the longest bar sold {sold}"))
            .at("stock.bars")
            .source("lengths in which bars are sold");
        if length <= sold {
            return finding;
        }
        finding
            .severity(Severity::Error)
            .fix(format!("name a bar of {length} or more under `stock.bars`, if you can get one"))
    };
    longest.into_iter().map(judge).collect()
}

fn sheets(subject: &Subject) -> Vec<Finding> {
    let cutter = workshop::cutter(&subject.built.document.design);
    let mut too_large: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut sizes: BTreeMap<&str, Sheet> = BTreeMap::new();
    for part in subject.built.shell.flat_parts() {
        let Some(entry) = subject.built.document.catalog.sheets.get(&part.sheet) else { continue };
        let (length, width) = (entry.length.value, entry.width.value);
        let sheet = Sheet { name: part.sheet.clone(), length, width };
        let too_large = too_large.entry(&part.sheet).or_default();
        let piece = Piece::new(&*part.name, &*part.sheet, part.thickness, part.profile.clone());
        if let Ok(piece) = piece.map(|piece| Piece { grain: Grain::Free, ..piece })
            && !cutting::fits(&piece, &sheet, &cutter)
        {
            too_large.push(&part.name);
        }
        sizes.insert(&part.sheet, sheet);
    }
    let judge = |(id, names): (&str, Vec<&str>)| {
        let size = sizes.get(id).map_or(String::new(), |sheet| {
            let trim = cutter.trim * 2;
            format!("{} \u{d7} {}", (sheet.length - trim).mm(), sheet.width - trim)
        });
        let finding = Finding::new("CUT-sheet", id)
            .held(format!("{} too large", names.len()), "0 too large")
            .at("stock.trim")
            .source("sheet of the catalogue");
        if names.is_empty() {
            return finding.because(format!("every piece goes into {size}, inside the trim"));
        }
        finding
            .severity(Severity::Warning)
            .because(format!("larger than {size}, inside the trim: {}", names.join(", ")))
            .fix("trim less, take a larger sheet, or make it from two and splice them")
    };
    too_large.into_iter().map(judge).collect()
}
