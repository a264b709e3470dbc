//! Days and times in a section.

use chrono::{Datelike, Days, NaiveDate};

use super::super::Month;
use super::tokens::{SYSTEM_DAY, SYSTEM_TIME, Token, section_of};

const SECONDS_OF_A_DAY: f64 = 86_400.0;
/// English in all countries, among the languages of Windows: the last ten bits of their numbers.
const ENGLISH: u32 = 0x09;
const DAYS_OF_THE_WEEK: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// A day, if one is known, and what the number behind it says of the time.
struct Moment {
    day: Option<NaiveDate>,
    /// Whole parts of a second since the beginning of the calendar's days, by the number alone.
    elapsed: Option<u64>,
    /// Parts of a second since midnight.
    since_midnight: u64,
    /// How many parts a second has.
    parts: u64,
}

impl Moment {
    /// To as many decimals of a second as are shown; none of a time before the calendar.
    fn new(day: Option<NaiveDate>, serial: Option<f64>, decimals: usize) -> Option<Self> {
        let parts = 10_u64.checked_pow(u32::try_from(decimals).ok()?).filter(|_| decimals <= 3)?;
        let a_day = 86_400 * parts;
        let Some(serial) = serial else {
            return Some(Self { day, elapsed: None, since_midnight: 0, parts });
        };
        if !(0.0..1e8).contains(&serial) {
            return None;
        }
        let fraction = ((serial - serial.floor()) * SECONDS_OF_A_DAY * parts as f64).round() as u64;
        let elapsed = serial.floor() as u64 * a_day + fraction;
        // A time that is rounded up to midnight is one of the next day.
        let day = if fraction == a_day { day.and_then(|day| day.checked_add_days(Days::new(1))) } else { day };
        Some(Self { day, elapsed: Some(elapsed), since_midnight: fraction % a_day, parts })
    }

    fn seconds(&self) -> u64 {
        self.since_midnight / self.parts
    }
}

/// What is seen of a day.
pub(super) fn day_shown(day: NaiveDate, serial: Option<f64>, tokens: &[Token]) -> Option<String> {
    let tokens = as_the_system_has_it(tokens)?;
    shown(&Moment::new(Some(day), serial, decimals_of_seconds(&tokens))?, &tokens)
}

/// What is seen of a number in a format of times; none where the format wants a day.
pub(super) fn time_shown(number: f64, tokens: &[Token]) -> Option<String> {
    let tokens = as_the_system_has_it(tokens)?;
    shown(&Moment::new(None, Some(number), decimals_of_seconds(&tokens))?, &tokens)
}

/// A day in a cell without a format, or in one that is not known here.
pub(super) fn plain_day(day: NaiveDate, serial: Option<f64>) -> String {
    let plain = day.format("%d/%m/%Y").to_string();
    match Moment::new(Some(day), serial, 0).map(|moment| moment.seconds() / 60) {
        None | Some(0) => plain,
        Some(minutes) => format!("{plain} {:02}:{:02}", minutes / 60, minutes % 60),
    }
}

/// Days and times that are shown as Windows is set: as it is in Britain.
fn as_the_system_has_it(tokens: &[Token]) -> Option<Vec<Token>> {
    if tokens.contains(&Token::Language(SYSTEM_DAY)) {
        section_of("dd mmmm yyyy")
    } else if tokens.contains(&Token::Language(SYSTEM_TIME)) {
        section_of("hh:mm:ss")
    } else {
        Some(tokens.to_vec())
    }
}

/// How many decimals of seconds are shown: `ss.00`.
fn decimals_of_seconds(tokens: &[Token]) -> usize {
    let point = tokens.iter().position(|token| *token == Token::Point);
    point.map_or(0, |point| tokens[point + 1..].iter().take_while(|token| **token == Token::Digit('0')).count())
}

fn shown(moment: &Moment, tokens: &[Token]) -> Option<String> {
    let has_halves = tokens.iter().any(|token| matches!(token, Token::HalfOfDay { .. }));
    let is_english =
        tokens.iter().all(|token| !matches!(token, Token::Language(language) if language & 0x3FF != ENGLISH));
    let mut text = String::new();
    for (index, token) in tokens.iter().enumerate() {
        match token {
            Token::Literal(literal) => text.push_str(literal),
            Token::Space => text.push(' '),
            Token::Slash => text.push('/'),
            Token::Comma => text.push(','),
            Token::Fill | Token::Language(_) => {}
            Token::Time('m', 1 | 2) if is_of_minutes(tokens, index) => {
                push_number(&mut text, moment.seconds() / 60 % 60, token);
            }
            Token::Time(letter @ ('y' | 'm' | 'd'), count) => {
                let day = moment.day?;
                let has_name = *letter != 'y' && *count > 2;
                if has_name && !is_english {
                    return None;
                }
                text.push_str(&of_day(day, *letter, *count)?);
            }
            Token::Time('h', _) => {
                let hours = moment.seconds() / 3600;
                push_number(&mut text, if has_halves { (hours + 11) % 12 + 1 } else { hours }, token);
            }
            Token::Time('s', _) => push_number(&mut text, moment.seconds() % 60, token),
            Token::Elapsed(letter, _) => {
                let seconds = moment.elapsed? / moment.parts;
                let unit = match letter {
                    'h' => 3600,
                    'm' => 60,
                    _ => 1,
                };
                push_number(&mut text, seconds / unit, token);
            }
            Token::HalfOfDay { is_short } => {
                let half = if moment.seconds() < 43_200 { "AM" } else { "PM" };
                text.push_str(if *is_short { &half[..1] } else { half });
            }
            Token::Point => {
                // Behind seconds it is a decimal point; in 01.04.2022 a point.
                text.push('.');
                let decimals = tokens[index + 1..].iter().take_while(|token| **token == Token::Digit('0')).count();
                if decimals > 0 {
                    text.push_str(&format!("{:0decimals$}", moment.since_midnight % moment.parts));
                }
            }
            Token::Digit('0') if is_behind_point(tokens, index) => {}
            _ => return None,
        }
    }
    Some(text.trim().to_owned())
}

/// Whether an `m` stands for minutes: behind hours, or before seconds.
fn is_of_minutes(tokens: &[Token], index: usize) -> bool {
    let letter = |token: &Token| match token {
        Token::Time(letter, _) | Token::Elapsed(letter, _) => Some(*letter),
        _ => None,
    };
    let before = tokens[..index].iter().rev().find_map(letter);
    let behind = tokens[index + 1..].iter().find_map(letter);
    before == Some('h') || behind == Some('s')
}

fn is_behind_point(tokens: &[Token], index: usize) -> bool {
    let before = tokens[..index].iter().rev().find(|token| **token != Token::Digit('0'));
    before == Some(&Token::Point)
}

/// A number with a nought before it where the sign is given twice.
fn push_number(text: &mut String, number: u64, token: &Token) {
    let width = match token {
        Token::Time(_, count) => (*count).min(2),
        Token::Elapsed(_, count) => *count,
        _ => 1,
    };
    text.push_str(&format!("{number:0width$}"));
}

/// A part of a day: `5`, `05`, `Tue`, `Tuesday`, `4`, `04`, `Apr`, `April`, `A`, `22`, `2022`.
fn of_day(day: NaiveDate, letter: char, count: usize) -> Option<String> {
    let name_of_month = Month::of(day).name();
    let name_of_day = DAYS_OF_THE_WEEK.get(day.weekday().num_days_from_monday() as usize)?;
    Some(match (letter, count) {
        ('y', 1 | 2) => format!("{:02}", day.year().rem_euclid(100)),
        ('y', _) => format!("{:04}", day.year()),
        ('m', 1) => day.month().to_string(),
        ('m', 2) => format!("{:02}", day.month()),
        ('m', 3) => name_of_month.get(..3)?.to_owned(),
        ('m', 5) => name_of_month.get(..1)?.to_owned(),
        ('m', _) => name_of_month.to_string(),
        ('d', 1) => day.day().to_string(),
        ('d', 2) => format!("{:02}", day.day()),
        ('d', 3) => name_of_day.get(..3)?.to_owned(),
        _ => (*name_of_day).to_owned(),
    })
}
