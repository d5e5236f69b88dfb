//! What a run makes, and how it gets to disk in one piece.
//!
//! A [`Tree`] is the whole output as named bytes. [`swap_in`] puts it in place: it is written
//! beside the target and exchanged with it in one atomic step. A [`Claim`] changes single files of a
//! tree that is in place.
//!
//! Promise: whoever looks at the target, at any moment and after any crash, sees one complete
//! generation, the old or the new. A folder that pibuild did not make is never replaced, files
//! that a user added to an output folder stay in it, and nothing is touched but the target and its
//! staging folder (`.<name>.pibuild` beside it).
//!
//! Not promised: protection against someone who rearranges those two folders while a run writes
//! them, and atomic replacement on file systems that cannot exchange two folders (there the target
//! is missing between two renames; the next run puts it back if the machine stopped just then).

mod carry_over;
mod claim;
mod exchange;
mod selection;
mod sha256;
mod staging;
mod standing;
mod swap;
mod swap_error;
mod tree;
mod write_whole;

pub use claim::Claim;
pub use selection::{FOLDERS, Selection, UnknownFolder};
pub use sha256::sha256;
pub use swap::{may_swap_in, swap_in};
pub use swap_error::SwapError;
pub use tree::{BadPath, Entry, MANIFEST, Tree};
pub use write_whole::write_whole;
