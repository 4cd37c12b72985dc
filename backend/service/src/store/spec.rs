//! What names a store on a command line.

use std::path::PathBuf;

use super::StoreError;

/// A store by name.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Spec {
    /// `memory:`
    Memory,
    /// Any path.
    Folder(PathBuf),
    /// `s3://bucket/prefix`; `base` is the prefix with a slash at its end, or empty.
    S3 { bucket: String, base: String },
}

impl Spec {
    pub(super) fn parse(spec: &str) -> Result<Self, StoreError> {
        let wrong = |reason| {
            Err(StoreError::Spec {
                spec: spec.to_owned(),
                reason,
            })
        };
        if spec == "memory:" {
            return Ok(Self::Memory);
        }
        let Some((scheme, rest)) = spec.split_once("://") else {
            if spec.is_empty() {
                return wrong("it is empty");
            }
            return Ok(Self::Folder(PathBuf::from(spec)));
        };
        if scheme != "s3" {
            return wrong("the one scheme that is known is s3");
        }
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        if bucket.is_empty() {
            return wrong("the bucket is missing");
        }
        let prefix = prefix.strip_suffix('/').unwrap_or(prefix);
        let base = match prefix {
            "" => String::new(),
            _ if prefix
                .split('/')
                .any(|part| matches!(part, "" | "." | "..")) =>
            {
                return wrong("the prefix has an empty part, . or ..");
            }
            _ => format!("{prefix}/"),
        };
        Ok(Self::S3 {
            bucket: bucket.to_owned(),
            base,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn s3(bucket: &str, base: &str) -> Spec {
        Spec::S3 {
            bucket: bucket.to_owned(),
            base: base.to_owned(),
        }
    }

    #[test]
    fn memory_a_folder_and_a_bucket_are_told_apart() {
        for (spec, store) in [
            ("memory:", Spec::Memory),
            ("codes", Spec::Folder("codes".into())),
            ("/var/lib/codes", Spec::Folder("/var/lib/codes".into())),
            (r"C:\codes", Spec::Folder(r"C:\codes".into())),
            ("memory", Spec::Folder("memory".into())),
            ("s3://bucket", s3("bucket", "")),
            ("s3://bucket/", s3("bucket", "")),
            ("s3://bucket/team/codes", s3("bucket", "team/codes/")),
            ("s3://bucket/team/codes/", s3("bucket", "team/codes/")),
        ] {
            assert_eq!(Spec::parse(spec).unwrap(), store, "{spec}");
        }
    }

    #[test]
    fn what_names_no_store_is_refused_with_a_reason() {
        for (spec, reason) in [
            ("", "empty"),
            ("gs://bucket", "scheme"),
            ("file:///codes", "scheme"),
            ("s3://", "bucket"),
            ("s3:///prefix", "bucket"),
            ("s3://bucket//codes", "prefix"),
            ("s3://bucket/../codes", "prefix"),
        ] {
            let message = Spec::parse(spec).unwrap_err().to_string();
            assert!(message.contains(reason), "{spec}: {message}");
        }
    }
}
