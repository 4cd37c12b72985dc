//! What a shared library says to the loader, read by the crate `object`.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result, bail};
use object::Endianness;
use object::elf::{
    self, FileHeader32, FileHeader64, FileType, Machine, ProgramType, RelocationType,
};
use object::read::elf::{
    Dyn as _, FileHeader, ProgramHeader as _, Rel as _, Rela as _, SectionHeader as _, Sym as _,
};

use super::packed;

/// The loader's view of a library.
#[derive(Clone, Debug)]
pub(crate) struct Library {
    pub(crate) machine: Machine,
    pub(crate) file_type: FileType,
    pub(crate) flags: u32,
    pub(crate) has_sections: bool,
    pub(crate) segments: Vec<Segment>,
    pub(crate) soname: Option<String>,
    pub(crate) needed: Vec<String>,
    /// The dynamic section by tag; of a tag that is there more than once, the last.
    pub(crate) tags: BTreeMap<i64, u64>,
    pub(crate) relocations: BTreeSet<RelocationType>,
    pub(crate) imports: Vec<Import>,
    pub(crate) exports: Vec<String>,
}

/// A program header.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Segment {
    pub(crate) kind: ProgramType,
    pub(crate) flags: u32,
    pub(crate) offset: u64,
    pub(crate) address: u64,
    pub(crate) size: u64,
    pub(crate) align: u64,
}

/// A name that another library has to define.
#[derive(Clone, Debug)]
pub(crate) struct Import {
    pub(crate) name: String,
    /// Whether the library goes on without it.
    pub(crate) weak: bool,
}

impl Library {
    /// Reads a little-endian ELF file of either class.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self> {
        match object::FileKind::parse(bytes).context("not an object file")? {
            object::FileKind::Elf32 => read::<FileHeader32<Endianness>>(bytes),
            object::FileKind::Elf64 => read::<FileHeader64<Endianness>>(bytes),
            other => bail!("{other:?} is not ELF"),
        }
    }

    pub(crate) fn segments(&self, kind: ProgramType) -> impl Iterator<Item = &Segment> {
        self.segments
            .iter()
            .filter(move |segment| segment.kind == kind)
    }
}

fn read<Elf: FileHeader<Endian = Endianness>>(bytes: &[u8]) -> Result<Library> {
    let header = Elf::parse(bytes)?;
    let endian = header.endian()?;
    let sections = header.sections(endian, bytes)?;
    let symbols = sections.symbols(endian, bytes, elf::SHT_DYNSYM)?;
    let text = |offset: u64| -> Result<String> {
        let offset = u32::try_from(offset)?;
        let name = symbols.strings().get(offset);
        let name = name.ok().context("a name outside of the table of names")?;
        Ok(String::from_utf8_lossy(name).into_owned())
    };

    let (mut segments, mut tags, mut needed) = (Vec::new(), BTreeMap::new(), Vec::new());
    for segment in header.program_headers(endian, bytes)? {
        segments.push(Segment {
            kind: segment.p_type(endian),
            flags: segment.p_flags(endian).0,
            offset: segment.p_offset(endian).into(),
            address: segment.p_vaddr(endian).into(),
            size: segment.p_memsz(endian).into(),
            align: segment.p_align(endian).into(),
        });
        for entry in segment.dynamic(endian, bytes)?.unwrap_or_default() {
            match entry.tag(endian) {
                elf::DT_NULL => break,
                elf::DT_NEEDED => needed.push(text(entry.val(endian))?),
                tag => {
                    tags.insert(tag.0, entry.val(endian));
                }
            }
        }
    }

    let mut relocations = BTreeSet::new();
    for section in sections.iter() {
        if let Some((entries, _)) = section.rel(endian, bytes)? {
            relocations.extend(entries.iter().map(|entry| entry.r_type(endian)));
        }
        if let Some((entries, _)) = section.rela(endian, bytes)? {
            relocations.extend(entries.iter().map(|entry| entry.r_type(endian, false)));
        }
        if [elf::SHT_ANDROID_REL, elf::SHT_ANDROID_RELA].contains(&section.sh_type(endian)) {
            let table = section.data(endian, bytes)?;
            relocations.extend(packed::types(table, header.is_type_64())?);
        }
    }

    let (mut imports, mut exports) = (Vec::new(), Vec::new());
    for symbol in symbols.iter().skip(1) {
        let name = text(symbol.st_name(endian).into())?;
        if symbol.is_undefined(endian) {
            let weak = symbol.st_bind() == elf::STB_WEAK;
            imports.push(Import { name, weak });
        } else {
            exports.push(name);
        }
    }

    let soname = tags
        .get(&elf::DT_SONAME.0)
        .map(|&offset| text(offset))
        .transpose()?;
    Ok(Library {
        machine: header.e_machine(endian),
        file_type: header.e_type(endian),
        flags: header.e_flags(endian).0,
        has_sections: !sections.is_empty(),
        segments,
        soname,
        needed,
        tags,
        relocations,
        imports,
        exports,
    })
}
