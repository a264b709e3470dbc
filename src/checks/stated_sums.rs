//! Stated sums beside the row of totals: subtotals, further totals, and the totals of rows, each against the exact sum of its
//! parts.

use super::formulas::{areas_of, in_areas};
use super::not_run::{self, could_not_be_read, could_not_be_read_in};
use super::sum;
use super::totals::TOTAL_MISMATCH;
use super::view::TableView;
use super::weight::Scope;
use super::words::{in_sentence, quoted};
use crate::model::{
    About, Area, Cell, Check, Comparison, Figures, Finding, Outcome, Over, Place, Position, Severity, StatedSum, SumOf,
    Value,
};
use crate::schema::{Field, LabelPattern, Pack, TableSchema, Treatment};

/// A stated subtotal is not the sum of its lines.
pub(super) const SUBTOTAL_MISMATCH: Check = Check {
    code: "subtotal-mismatch",
    over: Over::Subtotals,
    severity: Severity::Error,
    explainable: true,
    required: true,
    title: "A stated subtotal is not the sum of its lines",
    about: About {
        meaning: "The figure in a row of subtotals is not what the lines of its part of the table add up to, to the penny.",
        why: "A reader takes the subtotal for the figure of a service or project. Either a line or the subtotal is wrong.",
        example: "“Adults total” says £1,200.00 below three lines that add up to £1,100.00.",
        mend: "Find the line that is missing, repeated or mistyped, or correct the subtotal and its formula.",
    },
};

/// The stated total of a row is not the sum of its figures.
const ROW_TOTAL_MISMATCH: Check = Check {
    code: "row-total-mismatch",
    over: Over::RowTotals,
    severity: Severity::Error,
    explainable: true,
    required: true,
    title: "The stated total of a row is not the sum of its figures",
    about: About {
        meaning: "The figure in a column of totals is not what the figures beside it in its row add up to, to the penny.",
        why: "The months of a budget must come to its year. Either one of them or the total is wrong.",
        example: "“Full year” says £1,200.00 behind twelve months that add up to £1,100.00.",
        mend: "Find the figure that is missing or mistyped, or correct the total of the row and its formula.",
    },
};

/// The pack describes sums that the sheet does not have.
const EXPECTED_SUM_MISSING: Check = Check {
    code: "expected-sum-missing",
    over: Over::StatedSums,
    severity: Severity::Warning,
    explainable: false,
    required: true,
    title: "The table has no sum where the pack expects one",
    about: About {
        meaning: "The pack says by what label or heading a total or subtotal is known, and nothing in the table has it.",
        why: "A sum under another label is taken for a record, and counted beside its own lines.",
        example: "Subtotals known as “.* total”, in a table whose subtotals are labelled All wards.",
        mend: "Correct the label on the sheet, or the pattern in the pack.",
    },
};

/// A stated sum adds cells that the pack says stand for no figure.
const SUM_WITH_UNKNOWN_PARTS: Check = Check {
    code: "sum-with-unknown-parts",
    over: Over::StatedSums,
    severity: Severity::Info,
    explainable: false,
    required: true,
    title: "A stated sum adds cells that stand for no figure",
    about: About {
        meaning: "Some cells of a total or subtotal hold shorthand for a figure that is not given, and the others do not come to \
                  what it says.",
        why: "The figures that are not given may make up the difference, so the sum is neither right nor wrong.",
        example: "A total of 7 over two cells that say [c], for fewer than five.",
        mend: "Nothing need be done. Compare the total with the figures behind the shorthand, where you have them.",
    },
};

pub(super) static CHECKS: [&Check; 4] =
    [&SUBTOTAL_MISMATCH, &ROW_TOTAL_MISMATCH, &EXPECTED_SUM_MISSING, &SUM_WITH_UNKNOWN_PARTS];

/// The most meanings of shorthand that a message quotes.
const MOST_MEANINGS: usize = 3;

/// What is said of a sum that is not that of its parts, where some of these stand for no figure; none where all have one.
/// `named` is what the sheet calls the sum, at `place`, and `says` what it states.
pub(super) fn with_unknown_parts<'c>(
    view: TableView<'_>,
    place: &Place,
    parts: impl Iterator<Item = &'c Cell>,
    (named, says): (&str, &str),
) -> Option<Finding> {
    let (mut unknown, mut meanings) = (Vec::new(), Vec::new());
    for part in parts {
        let Some(meaning) = sum::meaning_of(part) else { continue };
        unknown.push(part.position);
        if meanings.len() < MOST_MEANINGS && !meanings.contains(&meaning) {
            meanings.push(meaning);
        }
    }
    let areas = joined(&unknown);
    let cells = in_areas(&areas.iter().map(Area::to_string).collect::<Vec<_>>());
    let which = match unknown.len() {
        0 => return None,
        1 => format!("{cells}, one of the cells that it adds, stands for no figure"),
        several => format!("{several} of the cells that it adds, {cells}, stand for no figure"),
    };
    let message = format!("{named} says {says}; {which} ({}), so it could not be checked.", meanings.join("; "));
    let fix = "Compare it with the figures behind the shorthand, where you have them.";
    let mut finding = SUM_WITH_UNKNOWN_PARTS.finding(place.clone(), message, fix);
    finding.related = areas.iter().map(|area| view.place(*area)).collect();
    Some(finding)
}

/// Of a sum whose parts lie in more areas than these, one is named from the first cell to the last.
const MOST_AREAS: usize = 12;

/// The checks of stated sums that a field asks for.
pub(super) fn asked_by(schema: &TableSchema, field: &Field) -> impl Iterator<Item = &'static Check> {
    let is_summed = field.kind().figures().is_some();
    let rows = schema.crosscast.rows.subtotals.as_ref();
    let of_part = rows.is_some_and(|subtotals| subtotals.treatment == Treatment::Check);
    let across = schema.crosscast.across.as_ref().filter(|across| across.value == field.name);
    let columns = across.and_then(|across| across.totals.as_ref());
    let of_rows = columns.is_some_and(|totals| totals.treatment == Treatment::Check);
    let asked = [(of_part, &SUBTOTAL_MISMATCH), (of_rows, &ROW_TOTAL_MISMATCH)];
    asked.into_iter().filter(move |(is_asked, _)| is_summed && *is_asked).map(|(_, check)| check)
}

/// Judges the sums that a sheet states of a table's values. What could not be judged is settled by the pack.
pub(super) fn check(view: TableView<'_>, pack: &Pack, outcome: &mut Outcome) {
    outcome.findings.extend(missing(view));
    for stated in &view.table.stated {
        let Some(field) = view.schema.fields.get(stated.field) else { continue };
        let Some(figures) = field.kind().figures() else { continue };
        if stated.cell.raw.is_blank() && !stated.cell.is_marked() {
            continue;
        }
        match (Sum { view, field, figures, stated }).judged() {
            Ok(finding) => outcome.findings.extend(finding),
            Err(why) => {
                let mut found = Outcome::default();
                not_run::list(&mut found, check_of(stated).code, why);
                Scope::of(pack, view.schema, Some(&field.name)).settle_not_run(&mut found);
                outcome.extend(found);
            }
        }
    }
}

/// The sums that the pack describes and the table does not have. Of one without rows nothing is expected.
fn missing(view: TableView<'_>) -> Vec<Finding> {
    let (table, options) = (view.table, &view.schema.crosscast);
    if table.rows.is_empty() {
        return Vec::new();
    }
    let has = |of: SumOf| table.stated.iter().any(|stated| stated.of == of);
    let (rows, across) = (&options.rows, options.across.as_ref());
    let is_checked = |treatment: Treatment| treatment == Treatment::Check;
    let subtotals = rows.subtotals.as_ref().filter(|sums| is_checked(sums.treatment) && !has(SumOf::Part));
    let subtotals = subtotals.filter(|_| table.subtotals.is_empty());
    let totals = rows.totals.as_ref().filter(|sums| is_checked(sums.treatment) && !has(SumOf::All));
    let totals = totals.filter(|_| table.total.is_none());
    let columns = across.and_then(|across| across.totals.as_ref());
    let columns = columns.filter(|sums| is_checked(sums.treatment) && !has(SumOf::Across));
    let expected = [
        ("row of subtotals", "label", subtotals.map(|sums| &sums.pattern)),
        ("row of totals", "label", totals.map(|sums| &sums.pattern)),
        ("column of totals", "heading", columns.map(|sums| &sums.pattern)),
    ];
    let missing = expected.into_iter().filter_map(|(what, by, pattern)| Some((what, by, pattern?)));
    let finding = |(what, by, pattern): (&str, &str, &LabelPattern)| {
        let why = match pattern.text() {
            "" => "every row of figures has a label".to_owned(),
            text => format!("no {by} is like {}", quoted(text)),
        };
        let message = format!("This table has no {what}: {why}.");
        let fix = format!("Correct the {by} on the sheet, or its pattern in tables/{}.yaml.", view.schema.name);
        EXPECTED_SUM_MISSING.finding(view.sheet(), message, fix)
    };
    missing.map(finding).collect()
}

fn check_of(stated: &StatedSum) -> &'static Check {
    match stated.of {
        SumOf::Part => &SUBTOTAL_MISMATCH,
        SumOf::All => &TOTAL_MISMATCH,
        SumOf::Across => &ROW_TOTAL_MISMATCH,
    }
}

/// A stated sum beside what it is the sum of.
struct Sum<'a> {
    view: TableView<'a>,
    field: &'a Field,
    figures: Figures,
    stated: &'a StatedSum,
}

impl<'a> Sum<'a> {
    /// The finding, if it does not agree with its parts.
    ///
    /// # Errors
    /// Why it could not be judged, as a sentence.
    fn judged(&self) -> Result<Option<Finding>, String> {
        let path = &self.view.workbook.path;
        let cell = &self.stated.cell;
        let place = self.view.place(cell.position);
        let stated = match cell.value.figure() {
            Some(stated) => stated,
            // A word that stands for no figure, such as n/a.
            None if cell.value == Value::Null && !cell.is_marked() => return Ok(None),
            None if matches!(cell.value, Value::Number(_)) => return Err(self.too_large()),
            None => return Err(could_not_be_read(&place, 1, path)),
        };
        let mut unread = self.parts().filter(|part| part.is_marked());
        if let Some(first) = unread.next() {
            return Err(could_not_be_read_in(self.view, first.position, 1 + unread.count()));
        }
        let mut given = self.parts().filter(|part| part.value != Value::Null);
        let computed = given.try_fold(0i64, |sum, part| sum.checked_add(part.value.figure()?));
        let computed = computed.ok_or_else(|| self.too_large())?;
        let difference = stated.checked_sub(computed).ok_or_else(|| self.too_large())?;
        if difference == 0 {
            return Ok(None);
        }
        let says = self.figures.show(stated);
        let unknown = with_unknown_parts(self.view, &place, self.parts(), (&self.named(), &says));
        Ok(Some(unknown.unwrap_or_else(|| self.mismatch(place, stated, computed, difference))))
    }

    /// The cells that it is the sum of.
    fn parts(&self) -> impl Iterator<Item = &'a Cell> {
        let (rows, field) = (&self.view.table.rows, self.stated.field);
        self.stated.rows.iter().filter_map(move |row| rows.get(*row)?.cells.get(field))
    }

    fn too_large(&self) -> String {
        format!(
            "The sum of {} on {} is too large to be added exactly ({}).",
            in_sentence(self.field.heading()),
            self.view.table.sheet,
            self.view.workbook.path
        )
    }

    fn mismatch(&self, place: Place, stated: i64, computed: i64, difference: i64) -> Finding {
        let check = check_of(self.stated);
        let show = |figure: i64| self.figures.show(figure);
        let cells: Vec<Position> = self.parts().map(|part| part.position).collect();
        let areas = joined(&cells);
        let message = format!(
            "{} says {}; {} {}. The difference is {}.",
            self.named(),
            show(stated),
            come_to(&areas),
            show(computed),
            show(difference)
        );
        let fix = match self.stated.of {
            SumOf::Part => "Add the missing line, correct the subtotal, or record an explanation.",
            SumOf::All => "Add the missing line, correct the total, or record an explanation.",
            SumOf::Across => "Correct the figures of the row or its total, or record an explanation.",
        };
        let mut finding = check.finding(place, message, fix);
        finding.expected = Some(show(computed));
        finding.actual = Some(show(stated));
        finding.difference = self.figures.difference(difference);
        finding.related = areas.iter().map(|area| self.view.place(*area)).collect();
        // Between the first and the last line of a sum no other lines stand, but other sums may.
        let lines = whole(&areas).filter(|whole| whole.first.column == whole.last.column);
        let lines = lines.map_or(areas, |whole| vec![whole]);
        let lines = lines.into_iter().map(|area| self.view.place(area)).collect();
        finding.comparison = Some(Comparison { stated, computed, figures: self.figures, lines, is_approved: false });
        finding
    }

    /// What the sheet calls it: `The subtotal “Adults total”`.
    fn named(&self) -> String {
        let what = match self.stated.of {
            SumOf::Part => "The subtotal",
            SumOf::All => "The total",
            SumOf::Across => "The total of the row",
        };
        let label = &self.stated.label;
        match (label.is_empty(), self.stated.of) {
            (true, _) => what.to_owned(),
            (false, SumOf::Across) => format!("{what}, {},", quoted(label)),
            (false, _) => format!("{what} {}", quoted(label)),
        }
    }
}

/// The parts as a message names them: `C5:C7 add up to`, `C5 comes to`.
fn come_to(areas: &[Area]) -> String {
    match areas {
        [] => "it has no lines, which come to".to_owned(),
        [only] if only.first == only.last => format!("{only} comes to"),
        several => {
            let named: Vec<String> = several.iter().map(Area::to_string).collect();
            format!("{} add up to", in_areas(&named))
        }
    }
}

/// The areas of cells: those below each other are one, and so are such areas of the same rows beside each other.
fn joined(cells: &[Position]) -> Vec<Area> {
    let mut areas: Vec<Area> = Vec::new();
    for area in areas_of(cells) {
        match areas.last_mut() {
            Some(last) if is_beside(last, &area) => last.last = area.last,
            _ => areas.push(area),
        }
    }
    if areas.len() > MOST_AREAS { whole(&areas).into_iter().collect() } else { areas }
}

fn is_beside(left: &Area, right: &Area) -> bool {
    left.last.column + 1 == right.first.column && left.first.row == right.first.row && left.last.row == right.last.row
}

/// The area from the first to the last of several.
fn whole(areas: &[Area]) -> Option<Area> {
    let corners = || areas.iter().flat_map(|area| [area.first, area.last]);
    let (rows, columns) = (|| corners().map(|at| at.row), || corners().map(|at| at.column));
    Some(Area::new(Position::new(rows().min()?, columns().min()?), Position::new(rows().max()?, columns().max()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn areas(cells: &[&str]) -> Vec<String> {
        let cells: Vec<Position> = cells.iter().map(|cell| cell.parse().unwrap()).collect();
        joined(&cells).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn cells_next_to_each_other_are_one_area() {
        assert_eq!(areas(&["C5", "C6", "C7"]), ["C5:C7"]);
        assert_eq!(areas(&["C5", "D5", "E5"]), ["C5:E5"]);
        assert_eq!(areas(&["C5", "C6", "D5", "D6", "F5"]), ["C5:D6", "F5"]);
        assert_eq!(areas(&["C5", "C7", "D7"]), ["C5", "C7:D7"]);
        let apart: Vec<String> = (0..20).map(|index| format!("C{}", 2 * index + 1)).collect();
        assert_eq!(areas(&apart.iter().map(String::as_str).collect::<Vec<_>>()), ["C1:C39"]);
    }

    #[test]
    fn the_parts_in_words() {
        let words = |cells: &[&str]| {
            let cells: Vec<Position> = cells.iter().map(|cell| cell.parse().unwrap()).collect();
            come_to(&joined(&cells))
        };
        assert_eq!(words(&[]), "it has no lines, which come to");
        assert_eq!(words(&["C5"]), "C5 comes to");
        assert_eq!(words(&["C5", "C6", "C8"]), "C5:C6 and C8 add up to");
    }
}
