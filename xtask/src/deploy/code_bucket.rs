//! The bucket that deployment packages and templates lie in: one an account and Region.
//!
//! A package is named by the SHA-256 of its content, so that the same content is uploaded once, and
//! another content is another name, which is how CloudFormation sees that a function changed.

use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::Value;
use tempfile::NamedTempFile;

use super::aws::Aws;
use crate::package::Package;
use crate::say;

/// A bucket for code.
pub(super) struct CodeBucket<'a> {
    aws: &'a Aws,
    pub(super) name: String,
}

impl<'a> CodeBucket<'a> {
    /// The bucket of the account that the credentials belong to, made if there is none.
    pub(super) fn open(aws: &'a Aws) -> Result<Self> {
        let caller = aws
            .call(&["sts", "get-caller-identity"])
            .context("asking AWS whose credentials these are")?;
        let account = caller["Account"]
            .as_str()
            .context("an answer without account")?;
        let name = format!("qrgen-code-{account}-{}", aws.region());
        if aws
            .find(&["s3api", "head-bucket", "--bucket", &name])?
            .is_none()
        {
            say::line(&format!("making the code bucket {name}"));
            make(aws, &name)?;
        }
        Ok(Self { aws, name })
    }

    /// Puts the package of a function under `FUNCTION/SHA-256.zip` if it is not there, and gives the
    /// key.
    pub(super) fn upload(&self, package: &Package) -> Result<String> {
        let key = format!("{}/{}.zip", package.name, package.sha256);
        let there = [
            "s3api",
            "head-object",
            "--bucket",
            &self.name,
            "--key",
            &key,
        ];
        if self.aws.find(&there)?.is_none() {
            say::line(&format!("uploading s3://{}/{key}", self.name));
            self.put(&key, &package.path)?;
        }
        Ok(key)
    }

    /// Puts the template of a stack there, in place of the last one, and gives its URL.
    pub(super) fn upload_template(&self, stack: &str, template: &str) -> Result<String> {
        let key = format!("template/{stack}.yaml");
        let mut file = NamedTempFile::new()?;
        file.write_all(template.as_bytes())?;
        self.put(&key, file.path())?;
        Ok(self.aws.object_url(&self.name, &key))
    }

    fn put(&self, key: &str, file: &Path) -> Result<()> {
        let file = file.to_string_lossy();
        let put = [
            "s3api",
            "put-object",
            "--bucket",
            &self.name,
            "--key",
            key,
            "--body",
            &file,
        ];
        self.aws.call(&put).map(|_| ())
    }
}

/// Private in every way.
fn make(aws: &Aws, name: &str) -> Result<Value> {
    let mut create = vec!["s3api", "create-bucket", "--bucket", name];
    let place = format!("LocationConstraint={}", aws.region());
    // The oldest Region is the one that must not be named.
    if aws.region() != "us-east-1" {
        create.extend(["--create-bucket-configuration", &place]);
    }
    aws.call(&create)?;
    let block = "BlockPublicAcls=true,IgnorePublicAcls=true,\
        BlockPublicPolicy=true,RestrictPublicBuckets=true";
    aws.call(&[
        "s3api",
        "put-public-access-block",
        "--bucket",
        name,
        "--public-access-block-configuration",
        block,
    ])
}
