//! Trying again, a bounded number of times, with longer and longer waits.

use std::thread;
use std::time::Duration;

use super::trouble::Trouble;

/// How often a step is tried again, and how long the first wait is; each wait is twice the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// Tries after the first one.
    pub retries: u32,
    /// Before the second try.
    pub first_wait: Duration,
}

/// No wait is longer.
const LONGEST: Duration = Duration::from_secs(15);

impl Patience {
    /// The wait after a try, counted from 0.
    pub fn wait(self, tried: u32) -> Duration {
        self.first_wait.saturating_mul(1 << tried.min(10)).min(LONGEST)
    }

    /// Takes a step until it succeeds, its trouble will not pass, or patience ends. `waiting` is
    /// told why, and for how long.
    ///
    /// A step looks at what the server has before it changes anything: a try whose answer was lost
    /// must not be done twice.
    pub fn persist<T>(
        self,
        waiting: &dyn Fn(&str, Duration),
        mut step: impl FnMut() -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        let mut tried = 0;
        loop {
            match step() {
                Err(Trouble::Passing(why)) if tried < self.retries => {
                    let wait = self.wait(tried);
                    waiting(&why, wait);
                    thread::sleep(wait);
                    tried += 1;
                }
                done => return done,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUICK: Patience = Patience { retries: 2, first_wait: Duration::ZERO };

    fn tries(results: &[Result<u8, Trouble>]) -> (Result<u8, Trouble>, usize) {
        let mut next = results.iter().cloned();
        let mut count = 0;
        let done = QUICK.persist(&|_, _| {}, || {
            count += 1;
            next.next().unwrap()
        });
        (done, count)
    }

    #[test]
    fn what_may_pass_is_tried_again_but_not_for_ever() {
        let passing = || Err(Trouble::Passing("busy".to_owned()));
        let wrong = || Err(Trouble::Wrong("no".to_owned()));
        assert_eq!(tries(&[passing(), Ok(1)]), (Ok(1), 2));
        assert_eq!(tries(&[passing(), passing(), passing(), Ok(1)]), (passing(), 3));
        assert_eq!(tries(&[wrong(), Ok(1)]), (wrong(), 1));
    }

    #[test]
    fn waits_double_and_end() {
        let patience = Patience { retries: 9, first_wait: Duration::from_millis(500) };
        let waits: Vec<u128> = (0..7).map(|tried| patience.wait(tried).as_millis()).collect();
        assert_eq!(waits, [500, 1000, 2000, 4000, 8000, 15000, 15000]);
    }
}
