//! Marks round figures in a text that is still to be read as Markdown: they say which origin a figure has.
//!
//! They are made of characters that Unicode sets aside for a program's own use (noncharacters), which the templates take
//! out of every value, so that no text of a cell can be taken for a mark.

/// Stands before the number of an origin.
const BEGIN: char = '\u{FDD0}';
/// Stands between the numbers of two origins.
const AND: char = '\u{FDD1}';
/// Stands between the last number and the figure.
const FIGURE: char = '\u{FDD2}';
/// Stands behind the figure.
const END: char = '\u{FDD3}';

/// What stands before a figure with origins, given by their numbers.
pub(super) fn begin(origins: &[usize]) -> String {
    let numbers: Vec<String> = origins.iter().map(usize::to_string).collect();
    format!("{BEGIN}{}{FIGURE}", numbers.join(&AND.to_string()))
}

/// What stands behind a figure.
pub(super) fn end() -> String {
    END.to_string()
}

/// Reads a text that may come in several pieces.
#[derive(Default)]
pub(super) struct Marks {
    /// The numbers of the origins of the figure that is being read.
    origins: Vec<usize>,
    /// The digits of a mark that is being read.
    digits: Option<String>,
}

impl Marks {
    /// Takes a piece of text apart: each part with the numbers of its origins, none for text that is no figure.
    pub fn split(&mut self, text: &str) -> Vec<(Vec<usize>, String)> {
        let mut parts: Vec<(Vec<usize>, String)> = Vec::new();
        for character in text.chars() {
            match (character, &mut self.digits) {
                (BEGIN, _) => {
                    self.origins.clear();
                    self.digits = Some(String::new());
                }
                (AND | FIGURE, Some(digits)) => {
                    self.origins.extend(digits.parse::<usize>().ok());
                    digits.clear();
                    if character == FIGURE {
                        self.digits = None;
                    }
                }
                (END, _) => self.origins.clear(),
                (_, Some(digits)) => digits.push(character),
                (_, None) => match parts.last_mut() {
                    Some((origins, part)) if *origins == self.origins => part.push(character),
                    _ => parts.push((self.origins.clone(), character.to_string())),
                },
            }
        }
        parts
    }
}

/// Whether a text has a mark, and with it a value of a template.
pub(super) fn has_figure(text: &str) -> bool {
    text.contains([BEGIN, END])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_told_from_the_text_around_it() {
        let text = format!("of {}£5.00{} and {}6{}", begin(&[12]), end(), begin(&[0, 3]), end());
        let (first, second) = text.split_at(text.find('5').unwrap());
        let mut marks = Marks::default();
        let mut parts = marks.split(first);
        parts.extend(marks.split(second));
        let shown: Vec<(&[usize], &str)> =
            parts.iter().map(|(origins, part)| (origins.as_slice(), part.as_str())).collect();
        let expected: [(&[usize], &str); 5] =
            [(&[], "of "), (&[12], "£"), (&[12], "5.00"), (&[], " and "), (&[0, 3], "6")];
        assert_eq!(shown, expected);
        assert!(has_figure(&text) && has_figure(&end()) && !has_figure("of £5.00 and 6"));
    }
}
