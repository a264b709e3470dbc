//! The lines of `consolidated.yaml` on which mistakes stand, found by looking for the words.

/// The file's lines and the sheet that is being looked at.
#[derive(Debug)]
pub struct Lines<'a> {
    lines: Vec<&'a str>,
    /// The line of the sheet's name, zero-based; 0 before the first sheet.
    sheet: usize,
}

impl<'a> Lines<'a> {
    /// The lines of a text; an empty text has none, and then no line is known.
    pub fn new(text: &'a str) -> Self {
        Self { lines: text.lines().collect(), sheet: 0 }
    }

    /// Goes on to the sheet of that name: what is looked for is then found on it or below it.
    pub fn enter_sheet(&mut self, name: &str) {
        let is_name = |line: &&str| {
            let entry = line.trim_start().trim_start_matches("- ");
            entry.strip_prefix("name:").is_some_and(|value| value.trim().trim_matches(['"', '\'']) == name)
        };
        let after = if self.sheet == 0 { 0 } else { self.sheet + 1 };
        if let Some(found) = self.lines.iter().skip(after).position(is_name) {
            self.sheet = after + found;
        }
    }

    /// The line that holds the words, from 1; else the sheet's, or 0 when the text is not known.
    pub fn of(&self, words: &str) -> usize {
        self.find(|line| !words.is_empty() && line.contains(words))
    }

    /// The line of a column: `name: amount`.
    pub fn of_column(&self, name: &str) -> usize {
        let is_column = |line: &str| {
            line.split_once("name:").is_some_and(|(_, value)| {
                let value = value.trim_start().trim_start_matches(['"', '\'']);
                let rest = value.strip_prefix(name);
                rest.is_some_and(|rest| !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_'))
            })
        };
        // The sheet may bear the same name as its column.
        let below = self.lines.iter().skip(self.sheet + 1).position(|line| is_column(line));
        below.map_or_else(|| self.of(name), |index| self.sheet + index + 2)
    }

    /// The line of a template, of which `within` (from 1) is the line that is wrong.
    pub fn of_template(&self, template: &str, within: Option<usize>) -> usize {
        let line = within.and_then(|within| template.lines().nth(within.saturating_sub(1)));
        let words = line.or_else(|| template.lines().next()).unwrap_or_default().trim();
        // In the file a long text may be folded and its quotes written otherwise: its beginning is enough.
        let beginning: String =
            words.chars().take(24).take_while(|character| !matches!(character, '"' | '\'')).collect();
        self.of(beginning.trim_end())
    }

    fn find(&self, is_it: impl Fn(&str) -> bool) -> usize {
        let found = self.lines.iter().skip(self.sheet).position(|line| is_it(line));
        match found {
            Some(index) => self.sheet + index + 1,
            None if self.lines.is_empty() => 0,
            None => self.sheet + 1,
        }
    }
}
