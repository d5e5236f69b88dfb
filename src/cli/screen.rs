//! Standard output and standard error.

use std::io::{ErrorKind, Write};

use super::failure::Failure;

/// Writes to standard output, without colour if that is no terminal.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    to(&mut anstream::stdout(), text.as_bytes())
}

/// Writes bytes to standard output as they are.
pub(super) fn write(bytes: &[u8]) -> Result<(), Failure> {
    to(&mut std::io::stdout(), bytes)
}

fn to(out: &mut dyn Write, bytes: &[u8]) -> Result<(), Failure> {
    match out.write_all(bytes).and_then(|()| out.flush()) {
        // The reader has seen enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Failure::Machine(format!("cannot write to standard output: {error}"))),
        Ok(()) => Ok(()),
    }
}

/// Writes a line to standard error. If that fails too, there is nobody left to tell.
pub(super) fn remark(text: &str) {
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// Tells people what went wrong.
pub(super) fn complain(failure: &Failure) {
    remark(&failure.to_string());
}
