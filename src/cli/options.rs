//! The options that commands share, and where the pack is found.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;

use crate::isolation::Isolation;
use crate::model::{LimitSetting, Limits, Month};
use crate::pipeline::{self, Options};
use crate::schema::{Pack, PackFiles};

/// The name of the folder of a pack that is not given.
const SCHEMAS: &str = "schemas";

/// Where the pack is.
#[derive(Debug, Default, Args)]
pub struct PackPlace {
    /// The folder of the pack: what the workbooks look like and must satisfy [default: ./schemas, else the folder
    /// schemas beside the executable, else the pack that is built in]
    #[arg(long, value_name = "DIR")]
    schemas: Option<PathBuf>,
}

/// What to report, and by which pack.
#[derive(Debug, Default, Args)]
pub struct Common {
    #[command(flatten)]
    pack: PackPlace,
    /// The financial year to report, as the pack names it, for example 2022-23 [default: the year of the returns]
    #[arg(long, value_name = "YEAR")]
    year: Option<String>,
    /// Report up to this month, for example 2022-08 [default: the latest month found; the year's last where the pack has no
    /// monthly workbooks]
    #[arg(long, value_name = "MONTH")]
    to: Option<Month>,
    #[command(flatten)]
    threads: Threads,
    #[command(flatten)]
    reading: Reading,
}

/// On how many threads workbooks are read.
#[derive(Debug, Default, Args)]
pub struct Threads {
    /// How many threads read workbooks [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
}

impl Threads {
    /// Sets the number of threads of this process.
    ///
    /// # Errors
    /// When the threads cannot be started.
    pub fn set(&self) -> Result<()> {
        let threads = self.threads.map_or(0, usize::from);
        rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().context("The threads could not be started")
    }
}

/// How much of a workbook is read.
#[derive(Debug, Default, Args)]
pub struct Reading {
    /// Set what a workbook is limited to, for example memory=8GB; may be given several times [limits: seconds=120, memory=4GB,
    /// file=512MB, parts=20000, unpacked=2GB, ratio=500, sheets=2000, cells=15000000, text=100000, strings=15000000]
    #[arg(long, value_name = "LIMIT=MOST")]
    limit: Vec<LimitSetting>,
}

impl Reading {
    /// How workbooks are opened: what is not safe to open in this process is opened by another of this executable.
    pub fn isolation(&self) -> Isolation {
        Isolation { executable: Some(this_executable()), limits: Limits::default().with(&self.limit) }
    }
}

/// Where the executable of this process is. Where that cannot be told, a path that nothing can be started from: what would
/// not be safe to open is then found wanting, rather than opened in this process.
fn this_executable() -> PathBuf {
    // On Linux this is the executable itself, also when another version was put in its place during the run.
    let of_this_process = Path::new("/proc/self/exe");
    if cfg!(target_os = "linux") && of_this_process.exists() {
        return of_this_process.to_owned();
    }
    env::current_exe().unwrap_or_default()
}

impl Common {
    /// Those of a program that was started without any: the pack lies beside it, or is the one built in.
    pub fn beside(folder: &Path) -> Self {
        let schemas = Some(folder.join(SCHEMAS)).filter(|folder| is_pack(folder));
        Self { pack: PackPlace { schemas }, ..Self::default() }
    }

    /// The folder of the pack; none for the one that is built in.
    pub fn pack_folder(&self) -> Option<PathBuf> {
        self.pack.folder()
    }

    /// What the pipeline is asked for.
    pub fn options(&self) -> Options {
        Options { year: self.year.clone(), to: self.to, isolation: self.reading.isolation() }
    }

    /// Sets the number of threads of this process.
    ///
    /// # Errors
    /// When the threads cannot be started.
    pub fn set_threads(&self) -> Result<()> {
        self.threads.set()
    }

    /// Reads the pack and reports every mistake in it.
    ///
    /// # Errors
    /// When the pack cannot be read or has mistakes.
    pub fn pack(&self) -> Result<Pack> {
        self.pack.pack()
    }
}

impl PackPlace {
    /// Reads the pack and reports every mistake in it.
    ///
    /// # Errors
    /// When the pack cannot be read or has mistakes.
    pub fn pack(&self) -> Result<Pack> {
        Ok(pipeline::read_pack(self.files()?)?)
    }

    /// The files of the pack, as they are.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn files(&self) -> Result<PackFiles> {
        match self.folder() {
            Some(folder) => Ok(PackFiles::from_folder(&folder)?),
            None => Ok(PackFiles::built_in()),
        }
    }

    /// The folder of the pack; none for the one that is built in.
    fn folder(&self) -> Option<PathBuf> {
        if self.schemas.is_some() {
            return self.schemas.clone();
        }
        let beside = env::current_exe().ok().and_then(|program| Some(program.parent()?.join(SCHEMAS)));
        [Some(PathBuf::from(SCHEMAS)), beside].into_iter().flatten().find(|folder| is_pack(folder))
    }
}

/// Whether a folder holds a pack.
fn is_pack(folder: &Path) -> bool {
    folder.join("partnership.yaml").is_file()
}
