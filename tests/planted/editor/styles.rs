//! Styles: a cell that looks like another but for one thing.

use regex::Regex;

use super::book::Book;
use super::escaped;

/// What is different about a cell's look.
#[derive(Debug, Clone, Copy)]
pub enum Look<'a> {
    /// Its number format, by its code.
    Format(&'a str),
    /// White letters.
    WhiteLetters,
}

impl Book {
    /// The index of a style like that of the given index but for one thing.
    pub fn style_like(&mut self, like: u32, look: Look<'_>) -> u32 {
        let styles = self.text_of("xl/styles.xml");
        let (changed, index) = with_style(&styles, like, look);
        self.put_part("xl/styles.xml", &changed);
        index
    }
}

fn with_style(styles: &str, like: u32, look: Look<'_>) -> (String, u32) {
    let (mut styles, attribute, number) = match look {
        Look::Format(code) => {
            // Above all that are in use, and below where Excel stops.
            let number = 300 + styles.matches("<numFmt ").count();
            let format = format!(r#"<numFmt numFmtId="{number}" formatCode="{}"/>"#, escaped(code));
            let styles = match styles.contains("</numFmts>") {
                true => styles.replace("</numFmts>", &format!("{format}</numFmts>")),
                false => styles.replace("<fonts", &format!("<numFmts>{format}</numFmts><fonts")),
            };
            (styles, "numFmtId", number)
        }
        Look::WhiteLetters => {
            let fonts = element(styles, "fonts");
            let number = fonts.matches("<font>").count();
            let font = r#"<font><sz val="11"/><color rgb="FFFFFFFF"/><name val="Calibri"/><family val="2"/></font>"#;
            (styles.replace("</fonts>", &format!("{font}</fonts>")), "fontId", number)
        }
    };
    let formats = element(&styles, "cellXfs").to_owned();
    let each = Regex::new(r"(?s)<xf [^>]*?(?:/>|[^/]>.*?</xf>)").unwrap();
    let of: Vec<&str> = each.find_iter(&formats).map(|found| found.as_str()).collect();
    let pattern = Regex::new(&format!(r#" {attribute}="\d+""#)).unwrap();
    let apply = match look {
        Look::Format(_) => "applyNumberFormat",
        Look::WhiteLetters => "applyFont",
    };
    let style = of[usize::try_from(like).unwrap()].replace(&format!(r#" {apply}="1""#), "");
    let style = pattern.replace(&style, format!(r#" {attribute}="{number}" {apply}="1""#)).into_owned();
    styles = styles.replace("</cellXfs>", &format!("{style}</cellXfs>"));
    // The counts are hints that a reader may believe.
    for (name, inner) in [("cellXfs", "<xf "), ("fonts", "<font>"), ("numFmts", "<numFmt ")] {
        let count =
            if styles.contains(&format!("<{name}")) { element(&styles, name).matches(inner).count() } else { 0 };
        let pattern = Regex::new(&format!(r#"<{name}(?: count="\d+")?"#)).unwrap();
        styles = pattern.replace(&styles, format!(r#"<{name} count="{count}""#)).into_owned();
    }
    (styles, u32::try_from(of.len()).unwrap())
}

/// An element of the styles, which is there once.
fn element<'s>(styles: &'s str, name: &str) -> &'s str {
    let from = styles.find(&format!("<{name}")).expect("an element");
    let to = styles.find(&format!("</{name}>")).expect("its end");
    &styles[from..to]
}
