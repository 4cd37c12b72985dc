//! What differs between the four ABIs.

use clap::ValueEnum;
use object::elf::{self, Machine, RelocationType};

/// The API level that the library runs on: Android 7.0, and everything newer.
pub(crate) const API: u32 = 24;

/// An ABI of Android.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Abi {
    #[value(name = "arm64-v8a")]
    Arm64,
    #[value(name = "x86_64")]
    X86_64,
    #[value(name = "armeabi-v7a")]
    Arm,
    #[value(name = "x86")]
    X86,
}

/// All of them.
pub(crate) const ALL: [Abi; 4] = [Abi::Arm64, Abi::X86_64, Abi::Arm, Abi::X86];

/// The facts of an ABI.
pub(crate) struct Target {
    /// The folder below `jniLibs`.
    pub(crate) abi: &'static str,
    /// What rustc calls it.
    pub(crate) triple: &'static str,
    /// What clang calls it, without the API level.
    pub(crate) clang: &'static str,
    /// What lld calls it (`-m`).
    pub(crate) emulation: &'static str,
    /// What `bionic-symbols.txt` calls it.
    pub(crate) listed: &'static str,
    /// The folder of its libraries in the NDK.
    pub(crate) ndk_libraries: &'static str,
    /// The folder of its compiler run-time in the NDK.
    pub(crate) ndk_runtime: &'static str,
    /// The largest page that a device may have, in bytes.
    pub(crate) page: u64,
    pub(crate) machine: Machine,
    /// What bionic's loader applies and a library of ours may ask for.
    pub(crate) relocations: [RelocationType; 4],
    /// What the linker is asked beside what all are.
    pub(crate) linking: &'static [&'static str],
}

impl Abi {
    pub(crate) fn target(self) -> &'static Target {
        match self {
            Self::Arm64 => &Target {
                abi: "arm64-v8a",
                triple: "aarch64-linux-android",
                clang: "aarch64-linux-android",
                emulation: "aarch64linux",
                listed: "arm64",
                ndk_libraries: "aarch64-linux-android",
                ndk_runtime: "aarch64",
                page: 16_384,
                machine: elf::EM_AARCH64,
                relocations: [
                    elf::R_AARCH64_ABS64,
                    elf::R_AARCH64_GLOB_DAT,
                    elf::R_AARCH64_JUMP_SLOT,
                    elf::R_AARCH64_RELATIVE,
                ],
                // As the NDK does: an erratum of the processors of early phones.
                linking: &["--fix-cortex-a53-843419"],
            },
            Self::X86_64 => &Target {
                abi: "x86_64",
                triple: "x86_64-linux-android",
                clang: "x86_64-linux-android",
                emulation: "elf_x86_64",
                listed: "x86_64",
                ndk_libraries: "x86_64-linux-android",
                ndk_runtime: "x86_64",
                page: 16_384,
                machine: elf::EM_X86_64,
                relocations: [
                    elf::R_X86_64_64,
                    elf::R_X86_64_GLOB_DAT,
                    elf::R_X86_64_JUMP_SLOT,
                    elf::R_X86_64_RELATIVE,
                ],
                linking: &[],
            },
            Self::Arm => &Target {
                abi: "armeabi-v7a",
                triple: "armv7-linux-androideabi",
                clang: "armv7a-linux-androideabi",
                emulation: "armelf_linux_eabi",
                listed: "arm",
                ndk_libraries: "arm-linux-androideabi",
                ndk_runtime: "arm",
                page: 4_096,
                machine: elf::EM_ARM,
                relocations: [
                    elf::R_ARM_ABS32,
                    elf::R_ARM_GLOB_DAT,
                    elf::R_ARM_JUMP_SLOT,
                    elf::R_ARM_RELATIVE,
                ],
                linking: &[],
            },
            Self::X86 => &Target {
                abi: "x86",
                triple: "i686-linux-android",
                clang: "i686-linux-android",
                emulation: "elf_i386",
                listed: "x86",
                ndk_libraries: "i686-linux-android",
                ndk_runtime: "i386",
                page: 4_096,
                machine: elf::EM_386,
                relocations: [
                    elf::R_386_32,
                    elf::R_386_GLOB_DAT,
                    elf::R_386_JMP_SLOT,
                    elf::R_386_RELATIVE,
                ],
                linking: &[],
            },
        }
    }
}
