//! The cluster as it will stand: what is weighed, bought and judged.

use crate::cluster::Cluster;
use crate::farm::{Plan, Print};
use crate::layout::Layout;
use crate::shell::Shell;
use crate::spec::Document;
use crate::wiring::Wiring;

/// Everything of a design that takes up room, borrowed for whoever reckons with it.
#[derive(Clone, Copy, Debug)]
pub struct Built<'a> {
    /// The design, its catalogue, and the places in it.
    pub document: &'a Document,
    /// One bank.
    pub cluster: &'a Cluster,
    /// Who sits where.
    pub layout: &'a Layout,
    /// Who feeds whom.
    pub wiring: &'a Wiring,
    /// The box around the racks.
    pub shell: &'a Shell,
    /// The distinct printed parts, and what each takes to print.
    pub prints: &'a [Print],
    /// How they are printed.
    pub plan: &'a Plan,
}
