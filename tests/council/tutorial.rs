//! The tutorial of the README, followed to the letter: its files are written, its commands are run, in order, in an empty
//! folder, and what it says of their results is held against them.

use std::fs;

use crate::folder::{Folder, repository, sample};

/// The heading of the tutorial, and that of the next section.
const BEGIN: &str = "## Your own workbooks in an afternoon";
const END: &str = "\n## ";

/// A fenced block: the word behind the backticks, the line of text before it, and its lines.
struct Block {
    kind: String,
    before: String,
    text: String,
}

#[test]
fn the_tutorial_does_what_it_says() {
    let folder = Folder::new();
    let mut last: Option<String> = None;
    for block in blocks() {
        match block.kind.as_str() {
            "sh" => last = Some(run_all(&folder, &block.text)),
            "text" => {
                let said = last.as_deref().expect("a result stands below the command that gave it");
                for line in block.text.lines() {
                    assert!(squeezed(said).contains(&squeezed(line)), "{line:?} is not in what was said:\n{said}");
                }
            }
            "yaml" | "sql" | "markdown" => write(&folder, &block),
            other => panic!("a block of {other} cannot be followed"),
        }
    }
    let paper = folder.path("output/for-committee/committee-appendix.html");
    let paper = fs::read_to_string(paper).expect("the tutorial ends with a final appendix");
    assert!(
        paper.contains("Green Routes Fund: 2024-25") && !paper.contains("Workforce"),
        "of the draft's paper nothing is left"
    );
    assert!(paper.contains("Sample: Larkmere") && !paper.contains("Drafted by"), "the notice is that of step 2");
    let theirs = folder.path("sample-output/for-committee/committee-appendix.pdf");
    assert!(theirs.exists(), "the sample's own is written beside the reader's");
}

/// What the tutorial makes in an afternoon is what lies in `samples/council/pack`.
#[test]
fn what_the_tutorial_quotes_is_in_the_sample() {
    for block in blocks().iter().filter(|block| ["yaml", "sql", "markdown"].contains(&block.kind.as_str())) {
        let (file, _) = file_of(block);
        let Some(below) = file.strip_prefix("pack/") else { panic!("{file} is no file of the pack") };
        let whole = fs::read_to_string(sample("pack").join(below)).unwrap_or_default().replace("\r\n", "\n");
        // The paper of the tutorial is shorter: it has a title of its own, and of the sample's settings and sections a few.
        let (settings, text) = match block.text.strip_prefix("---\n").map(|text| text.split_once("---\n\n").unwrap()) {
            Some(parts) => parts,
            None => ("", block.text.as_str()),
        };
        let settings = settings.lines().filter(|line| !line.starts_with("title:"));
        for quoted in settings.chain([text.trim_end()]) {
            assert!(whole.contains(quoted), "{file} of the tutorial is not in samples/council/pack:\n{quoted}");
        }
    }
}

/// What the table of the tutorial says to write stands so in the sample.
#[test]
fn the_words_of_the_tutorial_are_those_of_the_sample() {
    let tables = fs::read_dir(sample("pack/tables")).unwrap();
    let tables: String = tables.map(|table| fs::read_to_string(table.unwrap().path()).unwrap()).collect();
    let pack = tables + &fs::read_to_string(sample("pack/partnership.yaml")).unwrap();
    let tutorial = tutorial();
    let (_, table) = tutorial.split_once("| What you see | What you write |\n").expect("the table of the words");
    let rows = table.lines().skip(1).map_while(|line| line.strip_prefix('|')?.split_once(" | "));
    let written: Vec<&str> = rows.flat_map(|(_, written)| written.split('`').skip(1).step_by(2)).collect();
    assert!(written.contains(&"layout: crosstab") && written.len() > 15, "{written:?}");
    for words in written {
        assert!(pack.contains(words), "{words} stands nowhere in samples/council/pack");
    }
}

/// The text of the tutorial.
fn tutorial() -> String {
    let readme = fs::read_to_string(repository("README.md")).unwrap().replace("\r\n", "\n");
    let (_, tutorial) = readme.split_once(BEGIN).expect("the README has the tutorial");
    tutorial.split_once(END).map_or(tutorial, |(tutorial, _)| tutorial).to_owned()
}

/// The blocks of the tutorial, in order.
fn blocks() -> Vec<Block> {
    let tutorial = tutorial();
    let mut blocks = Vec::new();
    let mut before = "";
    let mut lines = tutorial.lines();
    while let Some(line) = lines.next() {
        let kind = line.trim_start_matches('`');
        let fence = &line[..line.len() - kind.len()];
        if fence.len() >= 3 {
            let text: Vec<&str> = lines.by_ref().take_while(|line| *line != fence).collect();
            blocks.push(Block { kind: kind.to_owned(), before: before.to_owned(), text: text.join("\n") + "\n" });
        } else if !line.is_empty() {
            before = line;
        }
    }
    assert!(!blocks.is_empty());
    blocks
}

/// The file that a block is for, the first one named in the line before it, and whether the block is put at its end. A block
/// that replaces a file says so.
fn file_of(block: &Block) -> (String, bool) {
    let mut names = block.before.split('`').skip(1).step_by(2).filter(|name| name.starts_with("pack/"));
    let file = names.next().unwrap_or_else(|| panic!("{:?} names no file", block.before));
    (file.to_owned(), block.before.contains("at the end of"))
}

fn write(folder: &Folder, block: &Block) {
    let (file, at_end) = file_of(block);
    let path = folder.path(&file);
    let there = if at_end { fs::read_to_string(&path).unwrap() } else { String::new() };
    let is_there = path.exists();
    assert!(at_end || !is_there || block.before.contains("replaces the whole of"), "{file} is there already");
    fs::write(path, there + &block.text).unwrap_or_else(|error| panic!("{file}: {error}"));
}

/// Runs the commands of a block; what the last of them said. `#` begins a remark, which says the exit status where it is not 0.
fn run_all(folder: &Folder, commands: &str) -> String {
    let mut said = String::new();
    for line in commands.lines().filter(|line| !line.starts_with('#')) {
        let (command, remark) = line.split_once(" # ").unwrap_or((line, ""));
        let status = remark.strip_prefix("exit status ").map_or(0, |status| status[..1].parse().unwrap());
        let words = words(command);
        match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["mkdir", made] => fs::create_dir(folder.path(made)).unwrap(),
            ["cp", from, to] => copy(folder, from, to),
            ["crosscast", arguments @ ..] => {
                // The folder has no copy of the samples.
                let arguments = arguments.iter().map(|argument| match argument.strip_prefix("samples/") {
                    Some(_) => repository(argument).to_str().unwrap().to_owned(),
                    None => (*argument).to_owned(),
                });
                let arguments: Vec<String> = arguments.collect();
                let ended = folder.crosscast(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
                assert_eq!(ended.status, status, "{line}\n{}", ended.said);
                said = ended.said;
            }
            _ => panic!("{line} cannot be followed"),
        }
    }
    said
}

/// Copies a file, or all files that `*` with what stands behind it is for, into a folder that is there. `samples` are those of
/// the repository.
fn copy(folder: &Folder, from: &str, to: &str) {
    let from = if from.starts_with("samples/") { repository(from) } else { folder.path(from) };
    let name = from.file_name().unwrap().to_str().unwrap();
    let files = match name.strip_prefix('*') {
        Some(ending) => {
            let there = fs::read_dir(from.parent().unwrap()).unwrap().map(|file| file.unwrap().path());
            there.filter(|file| file.to_str().unwrap().ends_with(ending)).collect()
        }
        None => vec![from],
    };
    assert!(!files.is_empty(), "there is nothing to copy");
    for file in files {
        fs::copy(&file, folder.path(to).join(file.file_name().unwrap())).unwrap();
    }
}

/// The words of a command; quotation marks hold together.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for character in command.trim().chars() {
        match character {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            other => words.last_mut().unwrap().push(other),
        }
    }
    words
}

/// A text in which every gap is one space: results are set in columns and lines as wide as the window.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
