//! What a workbook says beside its cells: hidden sheets, names, links, comments, how it is calculated.

use super::book::Book;
use super::escaped;
use super::sheet::SheetXml;

const BOOK: &str = "xl/workbook.xml";
const BOOK_RELATIONS: &str = "xl/_rels/workbook.xml.rels";
const TYPES: &str = "[Content_Types].xml";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

impl Book {
    /// Hides a sheet: `hidden` or `veryHidden`.
    pub fn hide_sheet(&mut self, name: &str, state: &str) {
        let tab = format!(r#"<sheet name="{}""#, escaped(name));
        self.swap(BOOK, &tab, &format!(r#"{tab} state="{state}""#));
    }

    /// Adds an empty sheet behind the others.
    pub fn add_sheet(&mut self, name: &str) -> &mut SheetXml {
        let number = self.sheets.len() + 1;
        let part = format!("xl/worksheets/sheet{number}.xml");
        let tab = format!(r#"<sheet name="{}" sheetId="{number}" r:id="rIdSheet{number}"/></sheets>"#, escaped(name));
        self.swap(BOOK, "</sheets>", &tab);
        self.relate(
            BOOK_RELATIONS,
            &format!("rIdSheet{number}"),
            "worksheet",
            &format!("worksheets/sheet{number}.xml"),
        );
        self.declare(&format!("/{part}"), "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml");
        let xml = format!(r#"<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheetData/></worksheet>"#);
        self.sheets.push(SheetXml::parse(name, &part, &xml, &[]));
        self.edit(name)
    }

    /// Gives a sheet another name; formulas do not follow.
    pub fn rename_sheet(&mut self, name: &str, new: &str) {
        self.swap(BOOK, &format!(r#"<sheet name="{}""#, escaped(name)), &format!(r#"<sheet name="{}""#, escaped(new)));
        self.edit(name).name = new.to_owned();
    }

    /// Has the workbook calculated only when somebody asks for it.
    pub fn calculate_manually(&mut self) {
        self.swap(BOOK, "<calcPr ", r#"<calcPr calcMode="manual" "#);
    }

    /// Has the dates counted from 1904; the numbers stay.
    pub fn count_from_1904(&mut self) {
        self.swap(BOOK, "<workbookPr", r#"<workbookPr date1904="1""#);
    }

    /// Defines a name for the whole workbook.
    pub fn define_name(&mut self, name: &str, refers_to: &str) {
        let one = format!(r#"<definedName name="{name}">{}</definedName>"#, escaped(refers_to));
        let book = self.text_of(BOOK);
        if book.contains("</definedNames>") {
            self.swap(BOOK, "</definedNames>", &format!("{one}</definedNames>"));
        } else {
            self.swap(BOOK, "<calcPr", &format!("<definedNames>{one}</definedNames><calcPr"));
        }
    }

    /// Links the workbook to another, which formulas call `[1]`, with the amounts that were last read from it.
    pub fn link_to(&mut self, file: &str, sheet: &str) {
        self.put_part(
            "xl/externalLinks/externalLink1.xml",
            &format!(
                r#"<externalLink xmlns="{MAIN}"><externalBook xmlns:r="{OFFICE}" r:id="rId1"><sheetNames><sheetName val="{}"/></sheetNames></externalBook></externalLink>"#,
                escaped(sheet)
            ),
        );
        self.put_part(
            "xl/externalLinks/_rels/externalLink1.xml.rels",
            &format!(
                r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{OFFICE}/externalLinkPath" Target="{}" TargetMode="External"/></Relationships>"#,
                escaped(file)
            ),
        );
        self.relate(BOOK_RELATIONS, "rIdLink", "externalLink", "externalLinks/externalLink1.xml");
        self.declare(
            "/xl/externalLinks/externalLink1.xml",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml",
        );
        let links = r#"<externalReferences><externalReference r:id="rIdLink"/></externalReferences>"#;
        self.swap(BOOK, "</sheets>", &format!("</sheets>{links}"));
    }

    /// Puts a comment on a cell. Its picture, which Excel draws anew, is left out.
    pub fn comment(&mut self, sheet: &str, cell: &str, text: &str) {
        self.put_part(
            "xl/comments1.xml",
            &format!(
                r#"<comments xmlns="{MAIN}"><authors><author>Finance officer</author></authors><commentList><comment ref="{cell}" authorId="0"><text><r><t>{}</t></r></text></comment></commentList></comments>"#,
                escaped(text)
            ),
        );
        self.declare("/xl/comments1.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml");
        let part = self.sheet(sheet).part.clone();
        let name = part.rsplit('/').next().expect("a name");
        let relations = format!("xl/worksheets/_rels/{name}.rels");
        if !self.has_part(&relations) {
            self.put_part(
                &relations,
                r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>"#,
            );
        }
        self.relate(&relations, "rIdComments", "comments", "../comments1.xml");
    }

    /// Filters a table by its first column's heading downwards; the rows that do not match must be hidden apart.
    pub fn filter(&mut self, sheet: &str, area: &str, column: u32, shown: &str) {
        self.edit(sheet).put_after_data(&format!(
            r#"<autoFilter ref="{area}"><filterColumn colId="{column}"><filters><filter val="{}"/></filters></filterColumn></autoFilter>"#,
            escaped(shown)
        ));
    }

    fn relate(&mut self, part: &str, id: &str, kind: &str, target: &str) {
        let relation = format!(r#"<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"/></Relationships>"#);
        self.swap(part, "</Relationships>", &relation);
    }

    fn declare(&mut self, part: &str, kind: &str) {
        self.swap(TYPES, "</Types>", &format!(r#"<Override PartName="{part}" ContentType="{kind}"/></Types>"#));
    }

    /// Puts another text where one stands, which must be once.
    fn swap(&mut self, part: &str, from: &str, to: &str) {
        let text = self.text_of(part);
        assert_eq!(text.matches(from).count(), 1, "{from} in {part}");
        self.put_part(part, &text.replace(from, to));
    }
}
