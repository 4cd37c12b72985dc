//! Where the codes go, one after the other.

use std::fs;
use std::io::{self, Seek as _};
use std::path::{Path, PathBuf};

use qrgen_contract::GenerateStatus;

use super::maker::{Made, MadeAs, image_file};
use super::manifest::Manifest;
use super::zip::ZipWriter;
use crate::exit::Failure;
use crate::file::Draft;

/// Takes what the workers have made, in the order of the rows.
pub(super) enum Sink {
    /// Images into a ZIP file.
    Zip {
        path: PathBuf,
        zip: ZipWriter<Draft>,
        manifest: Manifest,
    },
    /// The workers have written the images; the manifest is left.
    Folder {
        path: PathBuf,
        draft: Draft,
        manifest: Manifest,
    },
    /// The service has stored the codes; so many were there before.
    Library { unchanged: u64 },
}

impl Sink {
    pub(super) fn zip(path: &Path, force: bool) -> Result<Self, Failure> {
        let failed = |error: io::Error| unwritable(path, &error);
        Ok(Self::Zip {
            path: path.to_owned(),
            zip: ZipWriter::new(Draft::of(path, force)?).map_err(failed)?,
            manifest: Manifest::begin().map_err(failed)?,
        })
    }

    pub(super) fn folder(path: &Path, force: bool) -> Result<Self, Failure> {
        let failed = |error: io::Error| unwritable(path, &error);
        fs::create_dir_all(path).map_err(failed)?;
        Ok(Self::Folder {
            path: path.to_owned(),
            draft: Draft::of(&path.join(Manifest::FILE), force)?,
            manifest: Manifest::begin().map_err(failed)?,
        })
    }

    /// Takes a code.
    pub(super) fn take(&mut self, made: &Made) -> Result<(), Failure> {
        let Made { row, name, outcome } = made;
        let (path, added) = match (self, outcome) {
            (
                Self::Zip {
                    path,
                    zip,
                    manifest,
                },
                MadeAs::Drawn(code),
            ) => {
                let added = zip
                    .add(&image_file(name), &code.png)
                    .and_then(|()| manifest.add(*row, name, code));
                (path, added)
            }
            (Self::Folder { path, manifest, .. }, MadeAs::Drawn(code)) => {
                (path, manifest.add(*row, name, code))
            }
            (Self::Library { unchanged }, MadeAs::Stored(status)) => {
                *unchanged += u64::from(*status == GenerateStatus::Unchanged);
                return Ok(());
            }
            // A way and a sink are made for each other.
            _ => return Ok(()),
        };
        added.map_err(|error| unwritable(path, &error))
    }

    /// Completes the file or the folder.
    pub(super) fn finish(self) -> Result<(), Failure> {
        let (path, whole) = match self {
            Self::Zip {
                path,
                mut zip,
                manifest,
            } => {
                let whole = manifest.finish().and_then(|mut manifest| {
                    zip.add_file(Manifest::FILE, &mut manifest)?;
                    zip.finish()
                });
                (path, whole)
            }
            Self::Folder {
                path,
                mut draft,
                manifest,
            } => {
                let whole = manifest.finish().and_then(|mut manifest| {
                    manifest.rewind()?;
                    io::copy(&mut manifest, &mut draft)?;
                    Ok(draft)
                });
                (path, whole)
            }
            Self::Library { .. } => return Ok(()),
        };
        whole.map_err(|error| unwritable(&path, &error))?.finish()
    }
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    Failure::of_file(format!("could not write {}", path.display()), error)
}
