//! When somebody is there to clear a plate.

/// Whole minutes since the first staffed shift began.
pub type Clock = u64;

/// Minutes of a day and of a week.
pub const DAY: Clock = 24 * 60;
/// Minutes of a week.
pub const WEEK: Clock = 7 * DAY;

/// The same hours on the first days of every week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shifts {
    hours: Clock,
    days: Clock,
}

impl Shifts {
    /// `minutes` a day, from the day's start, on `days` days of the week.
    pub fn new(minutes: Clock, days: u32) -> Shifts {
        Shifts { hours: minutes.clamp(1, DAY), days: Clock::from(days.clamp(1, 7)) }
    }

    /// Is somebody there?
    pub fn staffed(&self, at: Clock) -> bool {
        at % WEEK / DAY < self.days && at % DAY < self.hours
    }

    /// The first staffed minute that is not before `at`.
    pub fn next(&self, at: Clock) -> Clock {
        if self.staffed(at) {
            return at;
        }
        let tomorrow = (at / DAY + 1) * DAY;
        if self.staffed(tomorrow) { tomorrow } else { (at / WEEK + 1) * WEEK }
    }

    /// Staffed minutes until `end`.
    pub fn staffed_until(&self, end: Clock) -> Clock {
        let within = |end: Clock| -> Clock {
            (0..self.days).map(|day| end.saturating_sub(day * DAY).min(self.hours)).sum()
        };
        end / WEEK * within(WEEK) + within(end % WEEK)
    }

    /// Times without staff until `end`: their lengths, longest first, and how many there are. The
    /// last may be cut short.
    pub fn gaps(&self, end: Clock) -> Vec<(Clock, Clock)> {
        let (night, weekend) = (DAY - self.hours, (7 - self.days) * DAY + DAY - self.hours);
        let weeks = end / WEEK;
        let mut gaps = vec![(night, weeks * (self.days - 1)), (weekend, weeks)];
        for day in 0..self.days {
            let begin = day * DAY + self.hours;
            let length = if day + 1 == self.days { weekend } else { night };
            gaps.push(((end % WEEK).saturating_sub(begin).min(length), 1));
        }
        gaps.retain(|(length, count)| *length > 0 && *count > 0);
        gaps.sort_unstable_by(|one, other| other.cmp(one));
        gaps
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weekend_is_skipped() {
        let shifts = Shifts::new(8 * 60, 5);
        assert!(shifts.staffed(0) && shifts.staffed(479) && !shifts.staffed(480));
        assert_eq!(shifts.next(480), DAY);
        assert_eq!(shifts.next(4 * DAY + 480), WEEK);
        assert_eq!(shifts.next(WEEK + 10), WEEK + 10);
    }

    #[test]
    fn what_is_not_staffed_is_a_gap() {
        let shifts = Shifts::new(8 * 60, 5);
        for end in [0, 100, 480, 500, DAY, 3 * DAY + 1000, WEEK - 1, WEEK, 5 * WEEK + 7 * 777] {
            let gaps: Clock = shifts.gaps(end).iter().map(|(length, count)| length * count).sum();
            assert_eq!(shifts.staffed_until(end) + gaps, end);
            let counted = (0..end).filter(|at| shifts.staffed(*at)).count();
            assert_eq!(shifts.staffed_until(end), counted as Clock);
        }
        assert_eq!(shifts.gaps(WEEK), [(3 * DAY - 480, 1), (DAY - 480, 4)].map(|it| it));
        assert!(Shifts::new(DAY, 7).gaps(3 * WEEK).is_empty());
    }
}
