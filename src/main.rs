//! The command-line program; all of it is in the library.

fn main() -> std::process::ExitCode {
    pibuild::cli::run().into()
}
