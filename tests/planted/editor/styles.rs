//! Styles: a cell that looks like another but for one thing.

use regex::Regex;

use super::book::Book;

const STYLES: &str = "xl/styles.xml";

impl Book {
    /// The index of a style like that of the given index, in white letters.
    pub fn in_white_letters(&mut self, like: u32) -> u32 {
        let styles = self.text_of(STYLES);
        let font = element(&styles, "fonts").matches("<font>").count();
        let white = r#"<font><sz val="11"/><color rgb="FFFFFFFF"/><name val="Calibri"/><family val="2"/></font>"#;
        let counted = styles.replace(&format!(r#"<fonts count="{font}""#), &format!(r#"<fonts count="{}""#, font + 1));
        self.put_part(STYLES, &counted.replace("</fonts>", &format!("{white}</fonts>")));
        self.style_like(like, "fontId", font, "applyFont")
    }

    /// The index of a style like that of the given index that shows a number as a date.
    pub fn as_date(&mut self, like: u32) -> u32 {
        // Of the formats that every workbook has, the short date.
        self.style_like(like, "numFmtId", 14, "applyNumberFormat")
    }

    fn style_like(&mut self, like: u32, attribute: &str, number: usize, apply: &str) -> u32 {
        let styles = self.text_of(STYLES);
        let each = Regex::new(r"(?s)<xf [^>]*?(?:/>|[^/]>.*?</xf>)").unwrap();
        let formats: Vec<&str> = each.find_iter(element(&styles, "cellXfs")).map(|found| found.as_str()).collect();
        let index = u32::try_from(formats.len()).unwrap();
        let style = formats[usize::try_from(like).unwrap()].replace(&format!(r#" {apply}="1""#), "");
        let pattern = Regex::new(&format!(r#" {attribute}="\d+""#)).unwrap();
        let style = pattern.replace(&style, format!(r#" {attribute}="{number}" {apply}="1""#));
        let changed = styles
            .replace("</cellXfs>", &format!("{style}</cellXfs>"))
            // The count is a hint that a reader may believe.
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
