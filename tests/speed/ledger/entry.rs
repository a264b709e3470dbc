//! The rows of a ledger.

/// How many suppliers there are.
const SUPPLIERS: u64 = 1800;
/// How many cost centres there are, from CC-0001 on.
pub const COST_CENTRES: u64 = 240;
/// The cost centre that was closed on 30 June 2022.
pub const CLOSED: u64 = 7;
/// The directorates, each of which has every eighth cost centre.
pub const DIRECTORATES: [&str; 8] = [
    "Adult Social Care",
    "Children and Families",
    "Community Safety",
    "Environment",
    "Highways",
    "Housing",
    "Public Health",
    "Resources",
];
/// 1 April 2022, as Excel counts days.
const FIRST_DAY: u64 = 44_652;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Empty,
    Text(String),
    Number(f64),
    /// As Excel counts days.
    Date(u64),
}

/// A fault that is planted once in each thousand rows.
pub struct Fault {
    /// The code of the check that finds it.
    pub code: &'static str,
    /// The place of its row among the thousand, from zero.
    pub at: usize,
    plant: fn(&mut [Value; 12], usize),
}

/// Every fault that is planted.
pub const PLANTED: [Fault; 12] = [
    Fault { code: "required-value", at: 37, plant: |row, _| row[4] = Value::Empty },
    Fault { code: "pattern-mismatch", at: 137, plant: |row, index| row[11] = text(&format!("INV/{index}")) },
    Fault { code: "not-in-list", at: 187, plant: |row, _| row[6] = text("Payed") },
    Fault { code: "impossible-date", at: 237, plant: |row, _| row[1] = text("31/02/2023") },
    Fault { code: "not-an-amount", at: 337, plant: |row, _| row[8] = text("twelve pounds") },
    Fault { code: "too-small", at: 437, plant: |row, _| row[7] = Value::Number(-1.0) },
    Fault { code: "unknown-reference", at: 537, plant: |row, _| row[3] = text("CC-9999") },
    Fault { code: "repeated-value", at: 637, plant: |row, index| row[0] = text(&entry_id(index - 1)) },
    Fault { code: "gross-is-net-and-vat", at: 687, plant: |row, _| row[10] = Value::Number(number(&row[10]) + 10.0) },
    Fault { code: "invoice-entered-twice", at: 737, plant: |row, index| row[11] = text(&invoice(index - 1)) },
    Fault { code: "cost-centre-is-open", at: 837, plant: |row, _| in_closed_cost_centre(row) },
    Fault { code: "directorate-of-cost-centre", at: 937, plant: |row, _| in_another_directorate(row) },
];

/// The headings of the columns.
pub const HEADINGS: [&str; 12] = [
    "Entry",
    "Posted on",
    "Directorate",
    "Cost centre",
    "Supplier",
    "Description",
    "Status",
    "Quantity",
    "Net (£)",
    "VAT (£)",
    "Gross (£)",
    "Invoice",
];

/// The row at a place, from zero, of the ledger that a seed makes. `first` is the number of its first entry among those of
/// all ledgers, so that none is in two of them.
pub fn row(seed: u64, first: usize, place: usize) -> [Value; 12] {
    let index = first + place;
    let mut chance = Chance(seed ^ (index as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let mut centre = chance.below(COST_CENTRES) + 1;
    if centre == CLOSED {
        centre += 8;
    }
    let day = FIRST_DAY + chance.below(365);
    let net = chance.below(5_000_000) + 100;
    let vat = if chance.below(3) == 0 { 0 } else { net / 5 };
    let mut row = [
        text(&entry_id(index)),
        if place % 10 == 3 { text(&written(day)) } else { Value::Date(day) },
        text(DIRECTORATES[(centre % 8) as usize]),
        text(&cost_centre(centre)),
        text(&supplier(chance.below(SUPPLIERS))),
        text(&description(&mut chance)),
        text(["Paid", "Approved", "On hold", "Disputed"][chance.below(4) as usize]),
        Value::Number((chance.below(40) + 1) as f64),
        pounds(net),
        pounds(vat),
        pounds(net + vat),
        text(&invoice(index)),
    ];
    for fault in PLANTED.iter().filter(|fault| place % 1000 == fault.at) {
        (fault.plant)(&mut row, index);
    }
    row
}

fn in_closed_cost_centre(row: &mut [Value; 12]) {
    row[1] = Value::Date(FIRST_DAY + 200);
    row[2] = text(DIRECTORATES[(CLOSED % 8) as usize]);
    row[3] = text(&cost_centre(CLOSED));
}

fn in_another_directorate(row: &mut [Value; 12]) {
    let other = if row[2] == text(DIRECTORATES[0]) { 1 } else { 0 };
    row[2] = text(DIRECTORATES[other]);
}

/// A cost centre by its number.
pub fn cost_centre(number: u64) -> String {
    format!("CC-{number:04}")
}

fn entry_id(index: usize) -> String {
    format!("GL-{index:08}")
}

fn invoice(index: usize) -> String {
    format!("INV-{:08}", index * 7 % 100_000_000)
}

/// Names of which no two can be taken for one another.
fn supplier(number: u64) -> String {
    const PLACES: [&str; 30] = [
        "Abberley",
        "Bewdley",
        "Bromsgrove",
        "Claines",
        "Droitwich",
        "Evesham",
        "Fernhill",
        "Great Witley",
        "Hallow",
        "Inkberrow",
        "Kempsey",
        "Lickey",
        "Malvern",
        "Norton",
        "Ombersley",
        "Pershore",
        "Quinton",
        "Redditch",
        "Severn",
        "Tenbury",
        "Upton",
        "Wychbold",
        "Alvechurch",
        "Broadway",
        "Cropthorne",
        "Dodderhill",
        "Eckington",
        "Feckenham",
        "Grimley",
        "Hanbury",
    ];
    const TRADES: [&str; 30] = [
        "Building",
        "Catering",
        "Cleaning",
        "Coaches",
        "Computing",
        "Counselling",
        "Drainage",
        "Electrical",
        "Fencing",
        "Flooring",
        "Fostering",
        "Gardening",
        "Glazing",
        "Heating",
        "Interpreting",
        "Joinery",
        "Landscaping",
        "Legal",
        "Lighting",
        "Nursing",
        "Office Supplies",
        "Painting",
        "Plumbing",
        "Printing",
        "Recycling",
        "Roofing",
        "Security",
        "Surveying",
        "Training",
        "Transport",
    ];
    let (place, rest) = (number % 30, number / 30);
    format!("{} {} {}", PLACES[place as usize], TRADES[(rest % 30) as usize], ["Ltd", "Trust"][(rest / 30) as usize])
}

fn description(chance: &mut Chance) -> String {
    const WHAT: [&str; 8] = [
        "Routine maintenance of premises",
        "Agency staff",
        "Residential placement",
        "Materials for repairs",
        "Hire of equipment",
        "Software licences",
        "Consultancy",
        "Outreach sessions",
    ];
    const FOR: [&str; 6] =
        ["north area", "south area", "the whole county", "the town centre", "rural parishes", "the depot"];
    let (what, area) = (WHAT[chance.below(8) as usize], FOR[chance.below(6) as usize]);
    format!("{what}, {area}, order {}", chance.below(90_000) + 10_000)
}

/// A day as an officer types it.
fn written(day: u64) -> String {
    let epoch = chrono::NaiveDate::from_ymd_opt(1899, 12, 30).unwrap();
    (epoch + chrono::Days::new(day)).format("%d/%m/%Y").to_string()
}

fn pounds(pence: u64) -> Value {
    Value::Number(pence as f64 / 100.0)
}

fn number(value: &Value) -> f64 {
    if let Value::Number(number) = value { *number } else { panic!("{value:?} is no number") }
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// Numbers that look like chance and are the same each time (SplitMix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % most
    }
}
