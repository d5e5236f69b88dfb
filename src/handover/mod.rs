//! The hand-over: from the queue of an output folder to print servers, and what came of it.
//!
//! Promise: each copy of each job is printed once. What a run was about to do is on disk before it
//! does it, and what a server has is looked up before anything is sent to it; so a run may end at
//! any moment (a crash, a lost connection, a full disk at either end), and the next one completes it:
//! nothing is lost, nothing comes twice. Two runs at once do not happen: the second is refused. Keys
//! are never shown or written.
//!
//! Not promised: that a server keeps what it was given. Where one forgets how a print ended, the copy
//! counts as unclear until somebody says what came of it.
//!
//! This module and [`outputs`](crate::outputs) are the only ones besides the command line that touch
//! disk or network, and the only one that waits.

mod address;
mod client;
mod digest;
mod key;
mod look;
mod order;
mod patience;
mod servers;
mod start;
mod state;
mod store;
mod submit;
mod survey;
mod trouble;

pub use address::Address;
pub use client::{Access, Client};
pub use key::Key;
pub use order::{Gcode, Order};
pub use patience::Patience;
pub use servers::{Activity, JobQueue, PrintServer, Program, Since};
pub use state::{Handed, JobRecord, ServerRecord, State, Tally};
pub use store::Store;
pub use submit::{Event, Forecast, Submission, Wishes};
pub use survey::{Report, survey};
pub use trouble::Trouble;
