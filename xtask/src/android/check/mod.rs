//! What bionic's loader (API 24 and newer) and Google Play ask of a library, and what we ask of
//! ours.

use object::elf::{self, PF_W, PF_X};

use super::bionic::{self, Symbol};
use super::elf::{Library, Segment};
use super::targets::{API, Target};
use crate::hygiene;

/// Whose library it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Ours: it says its name, exports what UniFFI calls and nothing else, and imports what the list
    /// knows.
    Ours { soname: &'static str },
    /// JNA's: only what the loader and Google Play ask.
    Foreign,
}

/// Every breach, one line each.
pub(crate) fn complaints(
    target: &Target,
    origin: Origin,
    library: &Library,
) -> anyhow::Result<Vec<String>> {
    let mut complaints = Complaints(Vec::new());
    header(target, library, &mut complaints);
    segments(target, library, &mut complaints);
    dynamic(library, &mut complaints);
    if let Origin::Ours { soname } = origin {
        complaints.unless(library.soname.as_deref() == Some(soname), || {
            format!("its SONAME is {:?}, not {soname}", library.soname)
        });
        relocations(target, library, &mut complaints);
        imports(&bionic::symbols(target.listed)?, library, &mut complaints);
        exports(library, &mut complaints);
    }
    Ok(complaints.0)
}

struct Complaints(Vec<String>);

impl Complaints {
    fn unless(&mut self, holds: bool, what: impl FnOnce() -> String) {
        if !holds {
            self.0.push(what());
        }
    }
}

fn header(target: &Target, library: &Library, complaints: &mut Complaints) {
    /// Version 5 of ARM's EABI, in the upper byte of the flags.
    const EABI5: u32 = 5;
    complaints.unless(library.machine == target.machine, || {
        format!(
            "it is for machine {}, not {}",
            library.machine.0, target.machine.0
        )
    });
    complaints.unless(library.file_type == elf::ET_DYN, || {
        "it is no shared library".to_owned()
    });
    complaints.unless(library.has_sections, || {
        "it has no section headers, which the loader reads since targetSdk 26".to_owned()
    });
    if target.machine == elf::EM_ARM {
        let hard_float = library.flags & elf::EF_ARM_ABI_FLOAT_HARD != 0;
        complaints.unless(library.flags >> 24 == EABI5 && !hard_float, || {
            format!(
                "flags {:#x}: armeabi-v7a is EABI 5 with soft-float calls",
                library.flags
            )
        });
    }
}

fn segments(target: &Target, library: &Library, complaints: &mut Complaints) {
    let page = target.page;
    let loads: Vec<&Segment> = library.segments(elf::PT_LOAD).collect();
    for load in &loads {
        let aligned = load.align >= page
            && load.align.is_multiple_of(page)
            && load.offset % page == load.address % page;
        complaints.unless(aligned, || {
            format!(
                "the segment at {:#x} does not fit pages of {page} bytes",
                load.address
            )
        });
        let both = PF_W.0 | PF_X.0;
        complaints.unless(load.flags & both != both, || {
            format!(
                "the segment at {:#x} is writable and executable",
                load.address
            )
        });
    }
    for pair in loads.windows(2) {
        if let [low, high] = pair {
            let apart = (low.address + low.size).div_ceil(page) <= high.address / page;
            complaints.unless(apart, || {
                format!(
                    "the segments before and at {:#x} share a page of {page} bytes",
                    high.address
                )
            });
        }
    }
    relro(page, &loads, library, complaints);
    let stack = library.segments(elf::PT_GNU_STACK).next();
    complaints.unless(stack.is_some_and(|stack| stack.flags & PF_X.0 == 0), || {
        "its stack would be executable".to_owned()
    });
    complaints.unless(library.segments(elf::PT_TLS).next().is_none(), || {
        "it has ELF thread-local storage, which bionic knows since API 29".to_owned()
    });
    let tables = if target.machine == elf::EM_ARM {
        elf::PT_ARM_EXIDX
    } else {
        elf::PT_GNU_EH_FRAME
    };
    complaints.unless(library.segments(tables).next().is_some(), || {
        "it has no unwind tables: a panic would abort".to_owned()
    });
}

/// What is read-only after relocation is made so page by page, and must not take in writable data.
fn relro(page: u64, loads: &[&Segment], library: &Library, complaints: &mut Complaints) {
    let mut relros = library.segments(elf::PT_GNU_RELRO);
    let (Some(relro), None) = (relros.next(), relros.next()) else {
        complaints.0.push("it has not one RELRO segment".to_owned());
        return;
    };
    let start = relro.address / page * page;
    let end = (relro.address + relro.size).next_multiple_of(page);
    for load in loads.iter().filter(|load| load.flags & PF_W.0 != 0) {
        let load_end = load.address + load.size;
        let holds_it = (load.address..load_end).contains(&relro.address);
        complaints.unless(holds_it || load.address >= end || load_end <= start, || {
            format!(
                "RELRO, rounded to pages, covers the writable data at {:#x}",
                load.address
            )
        });
    }
}

fn dynamic(library: &Library, complaints: &mut Complaints) {
    let tag = |tag: elf::DynamicTag| library.tags.get(&tag.0).copied();
    let flags = tag(elf::DT_FLAGS).unwrap_or_default();
    let flags_1 = tag(elf::DT_FLAGS_1).unwrap_or_default();
    for needed in &library.needed {
        let known = bionic::LIBRARIES
            .iter()
            .any(|library| *needed == format!("{library}.so"));
        complaints.unless(known, || {
            format!("it needs {needed}, which is no library of bionic")
        });
    }
    let text_relocations = tag(elf::DT_TEXTREL).is_some() || flags & elf::DF_TEXTREL.0 != 0;
    complaints.unless(!text_relocations, || {
        "it relocates its code (TEXTREL)".to_owned()
    });
    let now = tag(elf::DT_BIND_NOW).is_some()
        || flags & elf::DF_BIND_NOW.0 != 0
        || flags_1 & elf::DF_1_NOW.0 != 0;
    complaints.unless(now, || "it binds lazily: no BIND_NOW".to_owned());
    let path = tag(elf::DT_RPATH).or(tag(elf::DT_RUNPATH));
    complaints.unless(path.is_none(), || "it has a run path".to_owned());
    let hashed = tag(elf::DT_GNU_HASH).is_some() || tag(elf::DT_HASH).is_some();
    complaints.unless(hashed, || "it has no hash table of its names".to_owned());
    let relr = tag(elf::DT_RELR).or(tag(elf::DT_RELRSZ));
    complaints.unless(relr.is_none(), || {
        "it has RELR relocations, which bionic knows since API 28".to_owned()
    });
}

fn relocations(target: &Target, library: &Library, complaints: &mut Complaints) {
    for kind in &library.relocations {
        complaints.unless(target.relocations.contains(kind), || {
            format!("relocation type {} is none that it should have", kind.0)
        });
    }
}

fn imports(known: &[Symbol], library: &Library, complaints: &mut Complaints) {
    for import in &library.imports {
        match known.iter().find(|symbol| symbol.name == import.name) {
            None => complaints.0.push(format!(
                "it imports {}, which xtask/android/bionic-symbols.txt does not know",
                import.name
            )),
            Some(symbol) => complaints.unless(symbol.since <= API || import.weak, || {
                format!(
                    "it imports {}, which is there since API {} only",
                    import.name, symbol.since
                )
            }),
        }
    }
}

fn exports(library: &Library, complaints: &mut Complaints) {
    const UNIFFI: [&str; 3] = ["uniffi_qrgen_sdk_", "ffi_qrgen_sdk_", "UNIFFI_META_"];
    complaints.unless(!library.exports.is_empty(), || {
        "it exports nothing".to_owned()
    });
    for export in &library.exports {
        complaints.unless(
            UNIFFI.iter().any(|prefix| export.starts_with(prefix)),
            || format!("it exports {export}, which is none of UniFFI's"),
        );
    }
}

/// Paths of the machine that built it.
pub(crate) fn machine_paths(bytes: &[u8]) -> Vec<String> {
    let tell_tale = hygiene::MACHINE_FOLDERS
        .iter()
        .chain(&[".cargo/registry", ".rustup/"]);
    tell_tale
        .filter(|folder| {
            bytes
                .windows(folder.len())
                .any(|at| at == folder.as_bytes())
        })
        .map(|folder| format!("it holds a path of the build machine ({folder}…)"))
        .collect()
}

#[cfg(test)]
mod tests;
