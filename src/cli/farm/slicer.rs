//! PrusaSlicer as a program.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::cli::failure::Failure;
use crate::farm::slicing::{Figures, TAIL};
use crate::pipeline::Slice;

/// What it is called where it is installed.
const NAMES: [&str; 2] = ["prusa-slicer", "PrusaSlicer"];
/// Of what it says when it fails, the end is enough.
const MOST_SAID: usize = 12;

/// The slicer of this machine.
pub(super) struct Slicer {
    program: PathBuf,
    /// Its name and version.
    pub(super) version: String,
}

/// What came of a slice.
pub(super) struct Gcode {
    pub(super) bytes: Vec<u8>,
    pub(super) figures: Figures,
}

impl Slicer {
    /// The one that the user names, or the one in `PATH`.
    pub(super) fn find(own: Option<&Path>) -> Result<Slicer, Failure> {
        let programs = own.map_or_else(|| NAMES.map(PathBuf::from).to_vec(), |it| vec![it.into()]);
        for program in programs {
            // It says its version only with its help.
            match Command::new(&program).arg("--help").stdin(Stdio::null()).output() {
                Ok(help) => {
                    let version = version(&help).unwrap_or_else(|| name_of(&program));
                    return Ok(Slicer { program, version });
                }
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => {
                    let program = program.display();
                    return Err(Failure::Machine(format!("cannot start `{program}`: {error}")));
                }
            }
        }
        Err(match own {
            Some(own) => Failure::Usage(format!("there is no slicer `{}`", own.display())),
            None => Failure::Machine(format!(
                "there is no `{}` on this machine; install PrusaSlicer, or say where it is with \
                 --slicer PATH",
                NAMES[0]
            )),
        })
    }

    /// Slices a model in a scratch folder.
    pub(super) fn slice(&self, slice: &Slice, scratch: &Scratch) -> Result<Gcode, Failure> {
        let model = scratch.file(&format!("model.{}", slice.ending), &slice.model)?;
        let profile = scratch.file("profile.ini", slice.configuration.text().as_bytes())?;
        let gcode = scratch.0.join("out.gcode");
        let mut command = Command::new(&self.program);
        command.arg("--export-gcode").arg("--load").arg(&profile);
        if slice.ending == "3mf" {
            // A plate's places are the plan's.
            command.arg("--dont-arrange");
        }
        command.arg("-o").arg(&gcode).arg(&model).current_dir(&scratch.0).stdin(Stdio::null());
        let failed = |why: String| Failure::Machine(format!("slicing `{}`: {why}", slice.name));
        let done = command
            .output()
            .map_err(|error| failed(format!("cannot run `{}`: {error}", self.program.display())))?;
        if !done.status.success() {
            return Err(failed(format!(
                "{} failed ({}){}",
                self.version,
                done.status,
                said(&done)
            )));
        }
        let bytes = match fs::read(&gcode) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Err(failed(format!("{} made no gcode{}", self.version, said(&done))));
            }
            Err(error) => return Err(failed(format!("cannot read the gcode: {error}"))),
        };
        let tail = &bytes[bytes.len().saturating_sub(TAIL as usize)..];
        let figures = Figures::read(&String::from_utf8_lossy(tail))
            .map_err(|problem| failed(format!("{problem}{}", said(&done))))?;
        let _ = fs::remove_file(&gcode);
        Ok(Gcode { bytes, figures })
    }
}

/// `PrusaSlicer-2.5.0+…`, as it stands in the help.
fn version(help: &Output) -> Option<String> {
    let text = String::from_utf8_lossy(&help.stdout) + String::from_utf8_lossy(&help.stderr);
    let word = text.split_whitespace().find(|word| word.contains("Slicer-"))?;
    Some(word.chars().filter(|c| !c.is_control()).take(100).collect())
}

fn name_of(program: &Path) -> String {
    program.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// What the slicer said, without what it says each time.
fn said(done: &Output) -> String {
    let errors = String::from_utf8_lossy(&done.stderr);
    let words = String::from_utf8_lossy(&done.stdout);
    let useful = |text: &str| -> Vec<String> {
        let lines = text.lines().map(str::trim);
        let kept = lines.filter(|line| !line.is_empty() && !line.contains("[trace]"));
        kept.map(|line| line.chars().filter(|c| !c.is_control()).collect()).collect()
    };
    let errors = useful(&errors);
    let lines = if errors.is_empty() { useful(&words) } else { errors };
    let end = &lines[lines.len().saturating_sub(MOST_SAID)..];
    end.iter().fold(String::new(), |text, line| text + "\n  " + line)
}

/// A folder for the slicer's files, gone when it is dropped. A run that is killed leaves it among
/// the system's temporary files.
pub(super) struct Scratch(PathBuf);

impl Scratch {
    pub(super) fn new() -> Result<Scratch, Failure> {
        let all = std::env::temp_dir();
        let process = std::process::id();
        for number in 0..1000 {
            let folder = all.join(format!("pibuild-slice-{process}-{number}"));
            match create_own(&folder) {
                Ok(()) => return Ok(Scratch(folder)),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(cannot_write(&folder, &error)),
            }
        }
        Err(Failure::Machine(format!("`{}` is full of old folders", all.display())))
    }

    /// Writes a file into it.
    fn file(&self, name: &str, bytes: &[u8]) -> Result<PathBuf, Failure> {
        let path = self.0.join(name);
        fs::write(&path, bytes).map_err(|error| cannot_write(&path, &error))?;
        Ok(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A new folder that nobody else may look into.
fn create_own(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn cannot_write(path: &Path, error: &io::Error) -> Failure {
    Failure::Machine(format!("cannot write `{}`: {error}", path.display()))
}
