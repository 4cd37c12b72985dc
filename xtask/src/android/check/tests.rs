//! The checks must be able to fail: each rule is broken once.

use std::collections::{BTreeMap, BTreeSet};

use object::elf::{self, PF_R, PF_W, PF_X, ProgramType};

use super::super::elf::{Import, Library, Segment};
use super::super::targets::{ALL, Abi};
use super::*;

const NAME: &str = "libqrgen_sdk.so";
const OURS: Origin = Origin::Ours { soname: NAME };

fn segment(kind: ProgramType, flags: u32, address: u64, size: u64, align: u64) -> Segment {
    Segment {
        kind,
        flags,
        offset: address,
        address,
        size,
        align,
    }
}

/// A library without fault.
fn good(target: &Target) -> Library {
    let page = target.page;
    let (read, write, execute) = (PF_R.0, PF_R.0 | PF_W.0, PF_R.0 | PF_X.0);
    let tables = if target.machine == elf::EM_ARM {
        elf::PT_ARM_EXIDX
    } else {
        elf::PT_GNU_EH_FRAME
    };
    let import = |name: &str, weak| Import {
        name: name.to_owned(),
        weak,
    };
    Library {
        machine: target.machine,
        file_type: elf::ET_DYN,
        flags: if target.machine == elf::EM_ARM {
            0x0500_0200
        } else {
            0
        },
        has_sections: true,
        segments: vec![
            segment(elf::PT_LOAD, read, 0, 100, page),
            segment(elf::PT_LOAD, execute, page, 100, page),
            segment(elf::PT_LOAD, write, 2 * page, page, page),
            segment(elf::PT_LOAD, write, 3 * page, 100, page),
            segment(elf::PT_GNU_RELRO, read, 2 * page, page, 1),
            segment(elf::PT_GNU_STACK, write, 0, 0, 0),
            segment(tables, read, 0, 10, 4),
        ],
        soname: Some(NAME.to_owned()),
        needed: vec!["libc.so".to_owned(), "libm.so".to_owned()],
        tags: BTreeMap::from([
            (elf::DT_FLAGS.0, elf::DF_BIND_NOW.0),
            (elf::DT_GNU_HASH.0, 1),
        ]),
        relocations: BTreeSet::from(target.relocations),
        imports: vec![import("malloc", false), import("getrandom", true)],
        exports: vec!["uniffi_qrgen_sdk_fn_func_render".to_owned()],
    }
}

fn complaints(abi: Abi, spoil: impl FnOnce(&mut Library)) -> Vec<String> {
    let mut library = good(abi.target());
    spoil(&mut library);
    super::complaints(abi.target(), OURS, &library).unwrap()
}

#[test]
fn a_library_without_fault_passes_for_every_abi() {
    for abi in ALL {
        assert_eq!(complaints(abi, |_| ()), [] as [&str; 0], "{abi:?}");
    }
}

#[test]
fn every_breach_is_found_and_named() {
    type Spoil = fn(&mut Library);
    let cases: &[(&str, Spoil)] = &[
        ("machine", |l| l.machine = elf::EM_S390),
        ("no shared library", |l| l.file_type = elf::ET_EXEC),
        ("section headers", |l| l.has_sections = false),
        ("pages of 16384", |l| l.segments[0].align = 4_096),
        ("pages of 16384", |l| l.segments[1].offset += 4_096),
        ("writable and executable", |l| {
            l.segments[2].flags |= PF_X.0;
        }),
        ("share a page", |l| l.segments[0].size = 16_385),
        ("RELRO segment", |l| {
            l.segments.retain(|s| s.kind != elf::PT_GNU_RELRO);
        }),
        ("covers the writable data", |l| l.segments[4].size += 1),
        ("stack", |l| l.segments[5].flags |= PF_X.0),
        ("stack", |l| {
            l.segments.retain(|s| s.kind != elf::PT_GNU_STACK);
        }),
        ("thread-local", |l| {
            l.segments.push(segment(elf::PT_TLS, PF_R.0, 0, 8, 8));
        }),
        ("unwind tables", |l| l.segments.truncate(6)),
        ("SONAME", |l| l.soname = None),
        ("SONAME", |l| l.soname = Some("libother.so".to_owned())),
        ("libgcc_s.so.1", |l| {
            l.needed.push("libgcc_s.so.1".to_owned());
        }),
        ("TEXTREL", |l| _ = l.tags.insert(elf::DT_TEXTREL.0, 0)),
        ("BIND_NOW", |l| _ = l.tags.remove(&elf::DT_FLAGS.0)),
        ("run path", |l| _ = l.tags.insert(elf::DT_RUNPATH.0, 0)),
        ("hash table", |l| _ = l.tags.remove(&elf::DT_GNU_HASH.0)),
        ("RELR", |l| _ = l.tags.insert(elf::DT_RELR.0, 0)),
        ("relocation type", |l| {
            _ = l.relocations.insert(elf::R_AARCH64_TLSDESC);
        }),
        ("does not know", |l| {
            l.imports[0].name = "gnu_get_libc_version".to_owned();
        }),
        ("since API 28", |l| l.imports[1].weak = false),
        ("exports nothing", |l| l.exports.clear()),
        ("none of UniFFI's", |l| {
            l.exports.push("JNI_OnLoad".to_owned());
        }),
    ];
    for (what, spoil) in cases {
        let complaints = complaints(Abi::Arm64, *spoil);
        assert!(
            complaints.iter().any(|complaint| complaint.contains(what)),
            "{what}: {complaints:?}"
        );
    }
}

#[test]
fn hard_float_calls_are_not_armeabi_v7a() {
    let complaints = complaints(Abi::Arm, |library| {
        library.flags |= elf::EF_ARM_ABI_FLOAT_HARD;
    });
    assert!(complaints[0].contains("soft-float"), "{complaints:?}");
}

/// The reader, at a real file that is no library of ours: this very test.
#[test]
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn a_program_of_this_machine_is_refused_for_what_it_is() {
    let bytes = std::fs::read(std::env::current_exe().unwrap()).unwrap();
    let library = Library::read(&bytes).unwrap();
    let complaints = super::complaints(Abi::X86_64.target(), OURS, &library).unwrap();
    for what in ["libc.so.6", "SONAME", "thread-local", "does not know"] {
        let named = complaints.iter().any(|complaint| complaint.contains(what));
        assert!(named, "{what}: {complaints:?}");
    }
    assert!(Library::read(b"\x7fELF, or so it says").is_err());
}

#[test]
fn a_path_of_the_build_machine_is_found_anywhere_in_the_file() {
    let folder = hygiene::MACHINE_FOLDERS[0];
    assert_eq!(
        machine_paths(b"\0/crates/ring/src/aead.rs\0"),
        [] as [&str; 0]
    );
    assert_eq!(
        machine_paths(format!("\0{folder}ann/x.rs\0").as_bytes()).len(),
        1
    );
}
