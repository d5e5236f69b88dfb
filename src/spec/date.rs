//! A day of the calendar.

use std::fmt;

/// A day of the Gregorian calendar, written `2026-03-02`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Year.
    pub year: u32,
    /// Month, 1 to 12.
    pub month: u32,
    /// Day of the month, from 1.
    pub day: u32,
}

/// Is it a year, a month or a day: `2026`, `2026-03`, `2026-03-02`?
pub(super) fn is_year_month_or_day(text: &str) -> bool {
    let rest = ["", "-01", "-01-01"].into_iter().find(|rest| text.len() + rest.len() == 10);
    rest.is_some_and(|rest| Date::read(&format!("{text}{rest}")).is_some())
}

impl Date {
    /// Reads `YYYY-MM-DD`; `None` if there is no such day.
    pub fn read(text: &str) -> Option<Date> {
        let mut parts = text.split('-');
        let mut part = |digits: usize| {
            let part = parts.next().filter(|part| part.len() == digits)?;
            part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok())?
        };
        let date = Date { year: part(4)?, month: part(2)?, day: part(2)? };
        let real = parts.next().is_none()
            && (1..=12).contains(&date.month)
            && (1..=date.length_of_month()).contains(&date.day)
            && date.year >= 1900;
        real.then_some(date)
    }

    fn length_of_month(self) -> u32 {
        let leap = self.year.is_multiple_of(4)
            && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400));
        match self.month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    /// The day so many days later.
    #[must_use]
    pub fn after(self, days: u32) -> Date {
        let mut date = self;
        date.day += days;
        while date.day > date.length_of_month() {
            date.day -= date.length_of_month();
            date.month += 1;
            if date.month > 12 {
                (date.year, date.month) = (date.year + 1, 1);
            }
        }
        date
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_go_on_over_months_and_leap_years() {
        let date = |text| Date::read(text).unwrap();
        assert_eq!(date("2023-12-30").after(3).to_string(), "2024-01-02");
        assert_eq!(date("2024-02-28").after(2).to_string(), "2024-03-01");
        assert_eq!(date("2026-01-05").after(3650), date("2036-01-03"));
        for wrong in ["2023-02-29", "2024-13-01", "24-01-01", "2024-1-1", "2024-01-01-1", "x"] {
            assert_eq!(Date::read(wrong), None, "{wrong}");
        }
    }
}
