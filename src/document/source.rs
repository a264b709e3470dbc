//! Splitting `appendix.md` into its front matter, its fences and its prose, each with its line.

use serde::{Deserialize, Serialize};
use validator::Validate;

use super::fence::{Kind, Piece, fence, repeated};
use super::{FILE, footnotes};
use crate::schema::{Mistake, line_of, parse_yaml};

/// The file, split.
pub(super) struct Source {
    pub front: FrontMatter,
    pub pieces: Vec<Piece>,
    front_text: String,
}

/// What stands between the two lines of `---` at the top.
#[derive(Debug, Clone, Serialize, Deserialize, Validate)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct FrontMatter {
    /// The title of the document: a template.
    #[serde(default)]
    #[validate(length(min = 1, message = "the title is missing"))]
    pub title: String,
    /// What the document is about, for its properties: a template.
    #[serde(default)]
    #[validate(length(min = 1, message = "the subject is missing"))]
    pub subject: String,
    /// What stands below the title, a line each.
    #[serde(default)]
    pub title_block: Vec<TitleDetail>,
    /// What stands at the top of every page: a template.
    #[serde(default)]
    pub header: String,
    /// What stands at the foot of every page: a template.
    #[serde(default)]
    pub footer: String,
    /// Whether headings are numbered.
    #[serde(default = "yes")]
    pub number_headings: bool,
    /// Whether paragraphs are numbered, so that a meeting can refer to them.
    #[serde(default = "yes")]
    pub number_paragraphs: bool,
}

fn yes() -> bool {
    true
}

/// A line of the title block: its value is a template.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct TitleDetail {
    /// What the line gives, for example `Report to`.
    pub label: String,
    /// What stands beside it: a template.
    pub value: String,
}

impl Source {
    /// Splits the file, adding its mistakes of form to the list; none when its front matter cannot be read.
    pub fn parse(text: &str, mistakes: &mut Vec<Mistake>) -> Option<Self> {
        let lines: Vec<&str> = text.lines().collect();
        let end = lines.iter().skip(1).position(|line| line.trim_end() == "---").map(|at| at + 1);
        let (Some(&"---"), Some(end)) = (lines.first(), end) else {
            mistakes.push(Mistake::at(
                FILE,
                1,
                "",
                "the file must begin with a block of settings between two lines of ---",
            ));
            return None;
        };
        // An empty line stands for the first, so that lines are those of the file.
        let front_text = format!("\n{}", lines[1..end].join("\n"));
        let front: Option<FrontMatter> = parse_yaml(FILE, &front_text, mistakes);
        let pieces = pieces(&lines, end + 1, mistakes);
        mistakes.extend(repeated(&pieces));
        mistakes.extend(footnotes::faults(&pieces));
        Some(Self { front: front?, pieces, front_text })
    }

    /// The line of a setting of the front matter, by its path; 1 where it is left out.
    pub fn line_of(&self, path: &str) -> usize {
        line_of(&self.front_text, path).max(1)
    }

    /// Every template of the file with its line.
    pub fn templates(&self) -> Vec<(usize, &str)> {
        let front = &self.front;
        let mut all: Vec<(usize, &str)> = vec![
            (self.line_of("title"), &front.title),
            (self.line_of("subject"), &front.subject),
            (self.line_of("header"), &front.header),
            (self.line_of("footer"), &front.footer),
        ];
        let details = front.title_block.iter().enumerate();
        all.extend(details.map(|(index, detail)| (self.line_of(&detail_path(index)), detail.value.as_str())));
        all.extend(self.pieces.iter().flat_map(Piece::templates));
        all
    }
}

/// The path of a line of the title block.
pub(super) fn detail_path(index: usize) -> String {
    format!("title_block[{index}].value")
}

fn pieces(lines: &[&str], start: usize, mistakes: &mut Vec<Mistake>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut prose: Option<(usize, Vec<&str>)> = None;
    let mut index = start;
    while index < lines.len() {
        let line = lines[index];
        if let Some(info) = line.strip_prefix("```") {
            take_prose(&mut prose, &mut pieces);
            let end = lines[index + 1..].iter().position(|line| line.trim_end() == "```").map(|at| at + index + 1);
            let Some(end) = end else {
                mistakes.push(Mistake::at(FILE, index + 1, "", "this fence is not closed"));
                return pieces;
            };
            pieces.extend(fence(info, index + 1, &lines[index + 1..end], mistakes));
            index = end + 1;
        } else {
            prose.get_or_insert((index + 1, Vec::new())).1.push(line);
            index += 1;
        }
    }
    take_prose(&mut prose, &mut pieces);
    pieces
}

fn take_prose(prose: &mut Option<(usize, Vec<&str>)>, pieces: &mut Vec<Piece>) {
    if let Some((line, text)) = prose.take()
        && text.iter().any(|line| !line.trim().is_empty())
    {
        pieces.push(Piece::new(line, Kind::Prose(text.join("\n")), String::new()));
    }
}
