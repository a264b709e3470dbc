//! Structure: sheets, tables and headings that should be there, and rows that stand where no data should.

use super::not_located;
use super::not_run;
use super::view::TableView;
use super::words::{in_sentence, quoted};
use crate::model::{
    About, AbsentTable, Area, Check, Finding, Heading, Outcome, Over, Place, Position, Severity, Suggestion, Workbook,
    label_key, likely_match, listed,
};
use crate::schema::{Field, LabelPattern, Pack, SheetChoice, SheetPattern};

const MISSING_SHEET: Check = Check {
    code: "missing-sheet",
    over: Over::Workbooks,
    severity: Severity::Error,
    explainable: false,
    required: true,
    title: "A sheet is not there",
    about: About {
        meaning: "The workbook has no sheet of the expected name, so the table on it was not read.",
        why: "Its figures are in no total, and none of its checks could run.",
        example: "A sheet named Spnd where Spend is expected.",
        mend: "Give the sheet its usual name, or copy it in from last month's workbook.",
    },
};

const MISSING_TABLE: Check = Check {
    code: "missing-table",
    over: Over::Workbooks,
    severity: Severity::Error,
    explainable: false,
    required: true,
    title: "A table was not found on its sheet",
    about: About {
        meaning: "The sheet is there, but no row of it has the headings of the table.",
        why: "The table's figures are in no total, and none of its checks could run.",
        example: "A Spend sheet whose heading row was deleted.",
        mend: "Put the headings back in one row above the data.",
    },
};

const MISSING_HEADING: Check = Check {
    code: "missing-heading",
    over: Over::Tables,
    severity: Severity::Error,
    explainable: false,
    required: true,
    title: "A column or label is not there",
    about: About {
        meaning: "The table was found, but one of its columns (in a form: one of its labels) was not.",
        why: "Nothing in that column is checked or counted.",
        example: "A heading Amuont where Amount is expected.",
        mend: "Correct the heading, or add the column.",
    },
};

const UNKNOWN_HEADING: Check = Check {
    code: "unknown-heading",
    over: Over::Tables,
    severity: Severity::Info,
    explainable: false,
    required: true,
    title: "A column has a heading that is not known",
    about: About {
        meaning: "The column was passed over: it is none of those that are read.",
        why: "It is in no figure. That is right for a column of your own notes, and wrong for a renamed one.",
        example: "A column headed Checked by that an officer added.",
        mend: "Nothing, if the column is not meant to be read; otherwise give it the heading that is expected.",
    },
};

const REPEATED_HEADING: Check = Check {
    code: "repeated-heading",
    over: Over::Tables,
    severity: Severity::Error,
    explainable: false,
    required: true,
    title: "Two columns or labels have the same name",
    about: About {
        meaning: "Two columns (in a form: two labels) claim to be the same field; the first was read, the other was not.",
        why: "Figures could be taken from the wrong column.",
        example: "Amount in F3 and Amount (£) in G3.",
        mend: "Rename or delete the column that is not meant.",
    },
};

const BLANK_HEADING: Check = Check {
    code: "blank-heading",
    over: Over::Tables,
    severity: Severity::Warning,
    explainable: false,
    required: true,
    title: "A column with values has no heading",
    about: About {
        meaning: "A column within the table holds values under an empty heading and was passed over.",
        why: "If it holds figures, they are in no total.",
        example: "Amounts in G4:G9 below an empty G3.",
        mend: "Type the heading, or delete the column.",
    },
};

const ROW_AFTER_TOTAL: Check = Check {
    code: "row-after-total",
    over: Over::Tables,
    severity: Severity::Error,
    explainable: false,
    required: true,
    title: "A row below the total looks like data",
    about: About {
        meaning: "Below the totals row stands a row that has the make-up of the rows above it.",
        why: "It is in no total: a payment entered there would be missed.",
        example: "A payment typed into row 9 when the total is in row 8.",
        mend: "Move the row above the total, or, if it is a note, keep it in one cell.",
    },
};

pub(super) static CHECKS: [&Check; 7] = [
    &MISSING_SHEET,
    &MISSING_TABLE,
    &MISSING_HEADING,
    &UNKNOWN_HEADING,
    &REPEATED_HEADING,
    &BLANK_HEADING,
    &ROW_AFTER_TOTAL,
];

/// Judges the tables that were not found.
pub(super) fn check_absent(workbook: &Workbook, pack: &Pack, outcome: &mut Outcome) {
    for absent in &workbook.absent {
        let schema = pack.tables.get(&absent.table);
        let not_located = schema.and_then(|schema| not_located::finding(workbook, absent, schema));
        outcome.findings.push(match not_located {
            Some(finding) => finding,
            None if absent.why.is_sheet_found() => missing_table(workbook, absent),
            None => missing_sheet(workbook, absent, pack),
        });
        not_run::tables_not_read(&workbook.path, &schema.into_iter().collect::<Vec<_>>(), pack, outcome);
    }
}

fn missing_sheet(workbook: &Workbook, absent: &AbsentTable, pack: &Pack) -> Finding {
    if let Some(wanted) = sheets_wanted(workbook, absent, pack) {
        return no_matching_sheet(workbook, wanted);
    }
    let mut finding = MISSING_SHEET.finding(
        Place::workbook(&workbook.path),
        format!("There is no sheet named {}.", quoted(&absent.sheet)),
        format!("Add a sheet named {}, or give that name to the sheet that is meant.", quoted(&absent.sheet)),
    );
    let is_taken = |name: &str| workbook.tables.iter().any(|table| &*table.sheet == name);
    let free = workbook.sheets.iter().map(|sheet| &*sheet.name).filter(|name| !is_taken(name));
    if let Some(likely) = likely_match(&absent.sheet, free)
        && let Some(sheet) = workbook.sheets.iter().find(|sheet| &*sheet.name == likely)
    {
        let hidden = if sheet.is_hidden() { "hidden " } else { "" };
        finding.suggestions.push(Suggestion {
            text: format!("the {hidden}sheet {}, under a name that has a slip in it", quoted(likely)),
            cells: vec![Place::sheet(&workbook.path, &sheet.name)],
        });
    }
    finding
}

/// The sheets by whose pattern a table is looked for; none where one sheet is named.
fn sheets_wanted<'p>(workbook: &Workbook, absent: &AbsentTable, pack: &'p Pack) -> Option<&'p SheetPattern> {
    let kind = pack.partnership.workbooks.iter().find(|kind| Some(kind.name.as_str()) == workbook.kind.as_deref())?;
    kind.tables.iter().filter(|place| *place.table == *absent.table).find_map(|place| match &place.sheet {
        SheetChoice::Matching(sheets) if sheets.pattern.text() == &*absent.sheet => Some(sheets),
        _ => None,
    })
}

fn no_matching_sheet(workbook: &Workbook, wanted: &SheetPattern) -> Finding {
    let mut finding = MISSING_SHEET.finding(
        Place::workbook(&workbook.path),
        format!("There is no sheet whose name is like {}.", quoted(wanted.pattern.text())),
        "Name the sheets that are meant as in the other workbooks, or correct the pattern under sheet in partnership.yaml.",
    );
    let hidden = workbook.sheets.iter().filter(|sheet| sheet.is_hidden() && wanted.pattern.is_match(sheet.name.trim()));
    finding.suggestions.extend(hidden.map(|sheet| Suggestion {
        text: format!(
            "the hidden sheet {}; hidden sheets are read where the pack says hidden: true",
            quoted(&sheet.name)
        ),
        cells: vec![Place::sheet(&workbook.path, &sheet.name)],
    }));
    finding
}

fn missing_table(workbook: &Workbook, absent: &AbsentTable) -> Finding {
    let missing = absent.why.missing_headings();
    let headings: Vec<String> = missing.iter().map(|heading| quoted(heading)).collect();
    let which = match headings.as_slice() {
        [] => "its headings".to_owned(),
        [one] => format!("the heading {one}"),
        several => format!("the headings {}", listed(several, "and")),
    };
    MISSING_TABLE.finding(
        Place::sheet(&workbook.path, &absent.sheet),
        format!("The table on this sheet was not read, because {which} could not be found."),
        "Put the headings in one row above the data, spelt as in the other workbooks.",
    )
}

/// Judges the make-up of a table that was found.
pub(super) fn check(view: TableView<'_>, pack: &Pack, outcome: &mut Outcome) {
    let explained = missing_headings(view, pack, outcome);
    for heading in view.table.unknown_headings.iter().filter(|heading| !explained.contains(heading)) {
        outcome.findings.push(UNKNOWN_HEADING.finding(
            view.place(heading.position),
            format!("The heading {} is not known, so what is under it was not read.", quoted(&heading.text)),
            "Nothing needs doing if this column is for your own use; otherwise correct the heading.",
        ));
    }
    for heading in &view.table.repeated_headings {
        outcome.findings.push(repeated_heading(view, heading));
    }
    outcome.findings.extend(side_by_side(&view.table.blank_headings).into_iter().map(|area| blank_heading(view, area)));
    for area in &view.table.after_total {
        outcome.findings.push(ROW_AFTER_TOTAL.finding(
            view.place(*area),
            format!("{area} stands below the total and looks like data; it is in no figure."),
            "Move it above the total, or delete it.",
        ));
    }
}

/// Cells next to each other in a row, which may be very many, as one area.
fn side_by_side(cells: &[Position]) -> Vec<Area> {
    let mut areas: Vec<Area> = Vec::new();
    for cell in cells {
        match areas.last_mut() {
            Some(area) if area.last.row == cell.row && area.last.column + 1 == cell.column => area.last = *cell,
            _ => areas.push((*cell).into()),
        }
    }
    areas
}

fn blank_heading(view: TableView<'_>, area: Area) -> Finding {
    let (hold, mend) = if area.first == area.last {
        ("it holds no heading".to_owned(), format!("Type the heading into {area}, or delete the column."))
    } else {
        ("these cells hold no headings".to_owned(), format!("Type the headings into {area}, or delete the columns."))
    };
    let message = format!("There are values below {area}, but {hold}, so they were not read.");
    BLANK_HEADING.finding(view.place(area), message, mend)
}

/// Reports the fields that have no column, and returns the unknown headings that were named as what they could be.
fn missing_headings<'a>(view: TableView<'a>, pack: &Pack, outcome: &mut Outcome) -> Vec<&'a Heading> {
    let mut explained: Vec<&Heading> = Vec::new();
    for (index, ambiguity) in &view.table.ambiguous {
        let Some(field) = view.schema.fields.get(*index) else { continue };
        outcome.findings.push(not_located::ambiguous_heading(view, field, ambiguity));
        not_run::column_not_judged(view, field, pack, outcome);
    }
    let is_ambiguous = |index: usize| view.table.ambiguous.iter().any(|(ambiguous, _)| *ambiguous == index);
    for (index, field) in view.schema.fields.iter().enumerate() {
        let is_found = matches!(view.table.columns.get(index), Some(Some(_)));
        if field.crosscast.optional || is_found || is_ambiguous(index) {
            continue;
        }
        let free = || view.table.unknown_headings.iter().filter(|heading| !explained.contains(heading));
        let likely = field.headings().find_map(|known| likely_match(known, free().map(|heading| &*heading.text)));
        let likely = likely.and_then(|text| free().find(|heading| &*heading.text == text));
        outcome.findings.push(missing_heading(view, field, likely));
        explained.extend(likely);
        not_run::column_not_judged(view, field, pack, outcome);
    }
    explained
}

fn missing_heading(view: TableView<'_>, field: &Field, likely: Option<&Heading>) -> Finding {
    if view.schema.crosscast.rows.sections.iter().any(|section| section.field == field.name) {
        let called = in_sentence(field.heading());
        let message = format!("No row of the table says which {called} the rows below it belong to.");
        let fix = format!("Type the {called} into a row of its own, above the rows that it holds for.");
        return MISSING_HEADING.finding(view.sheet(), message, fix);
    }
    let wanted = if view.is_form() {
        format!("Add the label {} with its value beside it", quoted(field.heading()))
    } else {
        format!("Add a column headed {}", field.heading())
    };
    let what = if view.is_form() { "label" } else { "heading" };
    let Some(likely) = likely else {
        let message = format!("{wanted}; the sheet has none.");
        return MISSING_HEADING.finding(view.sheet(), message, format!("Add the {what} and what belongs to it."));
    };
    let given = format!("{} in {}", quoted(&likely.text), likely.position);
    let mut finding = MISSING_HEADING.finding(
        view.place(likely.position),
        format!("{wanted}; the unknown {what} {given} could be it."),
        format!("Change {given} to {}, or add the {what}.", quoted(field.heading())),
    );
    finding.expected = Some(field.heading().to_owned());
    finding.actual = Some(likely.text.to_string());
    finding
}

fn repeated_heading(view: TableView<'_>, heading: &Heading) -> Finding {
    let is_same = |field: &Field| {
        let is_meant = |pattern: &LabelPattern| pattern.is_match(heading.text.trim().trim_end_matches(':'));
        field.headings().any(|known| label_key(known) == label_key(&heading.text))
            || field.crosscast.heading.as_ref().is_some_and(is_meant)
    };
    let same = view.columns().filter(|column| is_same(column.field));
    let same = same.filter_map(|column| view.table.columns.get(column.index)?.as_ref());
    // In the sections of a form the same label can be that of several fields: the nearest before is the one.
    let first = same.max_by_key(|column| Some(column.heading).filter(|first| *first < heading.position));
    let (what, unread, fix) = if view.is_form() {
        (
            "label",
            "its value",
            "Rename or delete the label that is not meant. If the form has it in two parts, add section: to the field in \
             the pack, with the text that stands above the label that is meant.",
        )
    } else {
        ("heading", "this column", "Rename or delete the column that is not meant.")
    };
    let repeats = match first {
        Some(first) => format!("repeats {} in {}", quoted(&first.text), first.heading),
        None => "stands twice".to_owned(),
    };
    let message = format!("The {what} {} {repeats}, so {unread} was not read.", quoted(&heading.text));
    let mut finding = REPEATED_HEADING.finding(view.place(heading.position), message, fix);
    finding.related.extend(first.map(|first| view.place(first.heading)));
    finding
}
