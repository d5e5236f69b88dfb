//! Runs the program in a scratch folder and compares all that it says.
// Each test binary has its own copy, and uses only some of it.
#![allow(dead_code)]
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// One run of `pibuild`, and what is expected of it. What is not set is expected to be empty, and
/// the exit code to be 0.
pub struct Run {
    folder: TempDir,
    arguments: Vec<String>,
    stdin: String,
    environment: Vec<(String, String)>,
    expected: Expected,
}

/// Whether standard error is right; the second argument is the folder's path.
type Judge = Box<dyn Fn(&str, &str) -> bool>;

struct Expected {
    stdout: Option<String>,
    stderr: Judge,
    status: i32,
}

/// Where a run has been, for a look at its files.
pub struct Done {
    folder: TempDir,
    pub stdout: String,
}

/// `pibuild` with these arguments, in an empty folder.
pub fn pibuild<const N: usize>(arguments: [&str; N]) -> Run {
    Run {
        folder: tempfile::tempdir().unwrap(),
        arguments: arguments.map(str::to_owned).to_vec(),
        stdin: String::new(),
        environment: Vec::new(),
        expected: Expected {
            stdout: Some(String::new()),
            stderr: Box::new(|text, _| text.is_empty()),
            status: 0,
        },
    }
}

impl Run {
    /// With a file in the folder.
    pub fn file(self, path: &str, text: &str) -> Run {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// With a symbolic link in the folder.
    pub fn link(self, goal: &str, at: &str) -> Run {
        std::os::unix::fs::symlink(goal, self.folder.path().join(at)).unwrap();
        self
    }

    /// With this on standard input.
    pub fn stdin(mut self, text: &str) -> Run {
        text.clone_into(&mut self.stdin);
        self
    }

    /// With an environment variable.
    pub fn environment(mut self, name: &str, value: &str) -> Run {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Expects exactly this on standard output.
    pub fn stdout(mut self, text: &str) -> Run {
        self.expected.stdout = Some(text.to_owned());
        self
    }

    /// Expects something on standard output, which the test looks at itself.
    pub fn any_stdout(mut self) -> Run {
        self.expected.stdout = None;
        self
    }

    /// Expects exactly this on standard error.
    pub fn stderr(self, text: &'static str) -> Run {
        self.stderr_is(move |said, _| {
            assert_eq!(said, text, "standard error");
            true
        })
    }

    /// Expects standard error to be as `right` says, which also gets the folder's path.
    pub fn stderr_is(mut self, right: impl Fn(&str, &str) -> bool + 'static) -> Run {
        self.expected.stderr = Box::new(right);
        self
    }

    /// Expects this exit code.
    pub fn status(mut self, status: i32) -> Run {
        self.expected.status = status;
        self
    }

    /// Runs, compares, and leaves the folder for further looks.
    pub fn run(self) -> Done {
        let mut child = Command::new(env!("CARGO_BIN_EXE_pibuild"))
            .args(&self.arguments)
            .current_dir(self.folder.path())
            .env("COLUMNS", "100")
            .envs(self.environment)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that does not read its input closes it early.
        let _ = child.stdin.take().unwrap().write_all(self.stdin.as_bytes());
        let output = child.wait_with_output().unwrap();
        let stdout = String::from_utf8(output.stdout).unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        let folder = fs::canonicalize(self.folder.path()).unwrap();
        assert!((self.expected.stderr)(&stderr, folder.to_str().unwrap()), "{stderr}");
        if let Some(expected) = &self.expected.stdout {
            assert_eq!(&stdout, expected, "standard output");
        }
        assert_eq!(output.status.code(), Some(self.expected.status), "exit code");
        Done { folder: self.folder, stdout }
    }
}

impl Done {
    /// A path in the folder.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// The file's text.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }
}
