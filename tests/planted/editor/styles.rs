//! Styles: a cell that looks like another but for its letters.

use regex::Regex;

use super::book::Book;

const STYLES: &str = "xl/styles.xml";

impl Book {
    /// The index of a style like that of the given index, in white letters.
    pub fn in_white_letters(&mut self, like: u32) -> u32 {
        let styles = self.text_of(STYLES);
        let font = element(&styles, "fonts").matches("<font>").count();
        let white = r#"<font><sz val="11"/><color rgb="FFFFFFFF"/><name val="Calibri"/><family val="2"/></font>"#;
        let each = Regex::new(r"(?s)<xf [^>]*?(?:/>|[^/]>.*?</xf>)").unwrap();
        let formats: Vec<&str> = each.find_iter(element(&styles, "cellXfs")).map(|found| found.as_str()).collect();
        let index = u32::try_from(formats.len()).unwrap();
        let style = formats[usize::try_from(like).unwrap()].replace(r#" applyFont="1""#, "");
        let of_font = Regex::new(r#" fontId="\d+""#).unwrap();
        let style = of_font.replace(&style, format!(r#" fontId="{font}" applyFont="1""#));
        let changed = styles
            .replace("</fonts>", &format!("{white}</fonts>"))
            .replace("</cellXfs>", &format!("{style}</cellXfs>"))
            // The counts are hints that a reader may believe.
            .replace(&format!(r#"<fonts count="{font}""#), &format!(r#"<fonts count="{}""#, font + 1))
            .replace(&format!(r#"<cellXfs count="{index}""#), &format!(r#"<cellXfs count="{}""#, index + 1));
        self.put_part(STYLES, &changed);
        index
    }
}

/// An element of the styles, which is there once.
fn element<'s>(styles: &'s str, name: &str) -> &'s str {
    let from = styles.find(&format!("<{name}")).expect("an element");
    let to = styles.find(&format!("</{name}>")).expect("its end");
    &styles[from..to]
}
