//! The print farm: what each print takes, plates, the queue, the schedule.
//!
//! Promise: every piece that is ordered is on one plate of the queue, once; every number of minutes
//! says where it comes from; the schedule says how far it is from the best that there could be.

mod calendar;
mod estimate;
mod gantt;
mod layers;
mod plan;
mod plates;
mod print;
mod profile;
mod queue;
pub mod schedule;
mod sliced;
pub mod slicing;
pub mod tables;

pub use calendar::calendar;
pub use estimate::{BAND_ABOVE, BAND_BELOW, Estimate, family};
pub use gantt::gantt;
pub use plan::{Entry, MOST_PLATES, Plan, PlannedJob, PrinterKind, SpoolChange, expected_reprints};
pub use print::{CHORD, Print, prints};
pub use profile::Profile;
pub use queue::{Job, Origin, Queue, VERSION as QUEUE_VERSION, schema as queue_schema};
pub use sliced::{Sliced, SlicedJob};
