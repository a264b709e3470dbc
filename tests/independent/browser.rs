//! A browser, to look at pages, to act on them, and to check that everybody can use them.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::programs::{Said, python_file, run, skip};

/// Runs the browser, in a profile of its own, on a page.
pub fn browse(chromium: &Path, options: &[&str], page: &Path) -> Said {
    browse_at(chromium, options, page, "")
}

/// The same, with what follows the page's address: `#finding-1`.
pub fn browse_at(chromium: &Path, options: &[&str], page: &Path, fragment: &str) -> Said {
    let profile = tempfile::tempdir().unwrap();
    run(Command::new(chromium)
        // Without the sandbox, which cannot be had as root in a container; the pages are our own.
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"])
        .args(["--no-first-run", "--disable-extensions", "--enable-logging=stderr", "--virtual-time-budget=20000"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .args(options)
        .arg(format!("file://{}{fragment}", std::path::absolute(page).unwrap().display())))
}

/// Opens a page and acts on it: what the script `told`, a line each. The page's own policy holds, so that its own script
/// runs only if the policy knows it; the acting one is let in beside it.
pub fn acted(chromium: &Path, html: &str, fragment: &str, script: &str) -> Vec<String> {
    let told = format!(
        "const lines = [];
        const told = line => lines.push(String(line));
        const pause = (time = 50) => new Promise(done => setTimeout(done, time));
        const all = selector => [...document.querySelectorAll(selector)];
        (async () => {{ await pause(500); {script} }})().catch(fault => told(`fault: ${{fault}}`)).then(() => {{
            const result = document.createElement('pre');
            result.textContent = `TOLD[${{lines.join('\\n')}}]TOLD`;
            document.body.replaceChildren(result);
        }});"
    );
    let html = html
        .replace("script-src &#39;", "script-src &#39;nonce-acting&#39; &#39;")
        .replace("</body>", &format!("<script nonce=\"acting\">{told}</script></body>"));
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("page.html");
    std::fs::write(&page, html).unwrap();
    let said = browse_at(chromium, &["--dump-dom", "--window-size=1200,900"], &page, fragment);
    assert!(!said.errors.contains("CONSOLE"), "{}", said.errors);
    let lines = between(&said.output, "TOLD[", "]TOLD").unwrap_or_else(|| panic!("{}", said.output));
    lines.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").lines().map(str::to_owned).collect()
}

/// A page that shows a page in a frame of so many pixels: the browser's own window is never narrower than 500.
pub fn framed(html: &str, width: u32) -> String {
    let text = serde_json::to_string(html).unwrap().replace('<', "\\u003c");
    format!(
        "<!DOCTYPE html><body><iframe style=\"width: {width}px; height: 900px; border: 0\"></iframe>
        <script>document.querySelector('iframe').srcdoc = {text}</script></body>"
    )
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> Option<&'t str> {
    Some(text.rsplit_once(start)?.1.split_once(end)?.0)
}

/// axe-core, which checks a page's accessibility from within.
pub struct Checker {
    script: String,
}

impl Checker {
    /// The checker; else says that the test is skipped, or fails when none may be.
    pub fn needed() -> Option<Self> {
        let file: Option<PathBuf> = python_file("axe_playwright_python", "axe.min.js");
        if file.is_none() {
            skip("axe-core is not installed (it comes with the Python package axe-playwright-python)");
        }
        Some(Self { script: std::fs::read_to_string(file?).unwrap() })
    }

    /// What is wrong with a page, as "rule (impact) elements". The page's own policy lets no other script run, so it is left
    /// out of the copy that is checked.
    pub fn faults(&self, chromium: &Path, options: &[&str], html: &str) -> String {
        let policy = regex::Regex::new(r#"<meta http-equiv="Content-Security-Policy"[^>]*>"#).unwrap();
        let run = r#"
            const plain = words => words.replace(/[<>&\[\]]/g, ' ');
            const told = fault => `${fault.id} (${fault.impact}) ${plain(fault.nodes.map(node => node.target).join(', '))}`;
            axe.run().then(found => {
                const result = document.createElement('pre');
                result.textContent = `AXE[${found.violations.map(told).join('; ')}]AXE`;
                document.body.append(result);
            });"#;
        let scripts = format!("<script>{}</script><script>{run}</script></body>", self.script);
        let folder = tempfile::tempdir().unwrap();
        let copy = folder.path().join("page.html");
        std::fs::write(&copy, policy.replace_all(html, "").replace("</body>", &scripts)).unwrap();
        let dom = browse(chromium, &[options, &["--dump-dom"]].concat(), &copy).output;
        between(&dom, "AXE[", "]AXE").unwrap_or_else(|| panic!("it did not come to an end")).to_owned()
    }
}
