//! The print farm: what each print takes, and the queue.
//!
//! Promise: the queue names every distinct file once, with its hash and its copies, and says where
//! each number of minutes comes from. Not here yet: plates, schedules, hand-over to servers.

mod estimate;
mod layers;
mod print;
mod profile;
mod queue;

pub use estimate::{BAND_ABOVE, BAND_BELOW, Estimate, MinutesOrigin, family};
pub use print::{CHORD, Print, prints};
pub use profile::Profile;
pub use queue::{Job, Queue};
