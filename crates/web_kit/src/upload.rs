//! One uploaded file with the fields of its form.

use axum::extract::{FromRequest, Request};
use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use http::header;
use kernel::{Error, Result};

use crate::extract::{check_token, too_large};
use crate::{App, Failure};

/// Fields of a form with a file at most.
const FIELDS: usize = 50;
/// Bytes of an ordinary field at most.
const FIELD_BYTES: usize = 64 * 1024;

/// A form with one file.
pub struct Upload {
    /// Name of the file, without any directory.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The other fields, in order.
    pub fields: Vec<(String, String)>,
}

impl Upload {
    /// Value of a field; empty when it was not sent.
    pub fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str())
    }
}

impl FromRequest<App> for Upload {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let (parts, body) = request.into_parts();
        let limit = app.config().max_upload_bytes;
        let declared = parts.headers.get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok());
        let declared = declared.and_then(|v| v.parse::<usize>().ok()).unwrap_or(0);
        if declared > limit + FIELD_BYTES {
            return Err(too_large(limit, "kit-too-large").into());
        }
        let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let boundary = multer::parse_boundary(kind).map_err(|_| Error::refused("kit-form-unreadable"))?;
        // The whole, with its headers: what has no end must not be gathered for ever.
        let whole = multer::SizeLimit::new().whole_stream((limit + FIELDS * FIELD_BYTES) as u64);
        let constraints = multer::Constraints::new().size_limit(whole);
        let form =
            multer::Multipart::with_constraints(bounded_head(body.into_data_stream()), boundary, constraints);
        let upload = read(form, limit).await?;
        // A program calls with a token and has no session; a page must prove the form is ours.
        check_token(&parts, upload.field("csrf"))?;
        Ok(upload)
    }
}

/// One file as programs send it: a form with the file, or the file itself as the body, named by `?name=`.
pub struct AnyUpload(pub Upload);

impl FromRequest<App> for AnyUpload {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let kind =
            request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        if kind.starts_with("multipart/") {
            return Upload::from_request(request, app).await.map(Self);
        }
        let query = request.uri().query().unwrap_or_default();
        let fields: Vec<(String, String)> = serde_html_form::from_str(query).unwrap_or_default();
        let name = fields.iter().find(|(n, _)| n == "name").map(|(_, v)| plain_name(v)).unwrap_or_default();
        let limit = app.config().max_upload_bytes;
        let bytes = crate::extract::body_bytes(request, limit, "kit-too-large").await?.to_vec();
        Ok(Self(Upload { name, bytes, fields }))
    }
}

/// Bytes within which the headers of the first part must end.
const HEAD_BYTES: usize = 16 * 1024;

/// The same stream, ended by an error when the first headers have no end: they are searched again with each piece
/// that comes, which would keep a processor busy for as long as somebody sends.
fn bounded_head<E>(
    body: impl Stream<Item = Result<Bytes, E>>,
) -> impl Stream<Item = Result<Bytes, Box<dyn std::error::Error + Send + Sync>>>
where
    E: std::error::Error + Send + Sync + 'static,
{
    let mut head: Option<Vec<u8>> = Some(Vec::new());
    body.map(move |piece| {
        let piece = piece.map_err(|error| -> Box<dyn std::error::Error + Send + Sync> { error.into() })?;
        if let Some(seen) = &mut head {
            seen.extend_from_slice(&piece[..piece.len().min(HEAD_BYTES)]);
            match seen.windows(4).any(|four| four == b"\r\n\r\n") {
                true => head = None,
                false if seen.len() >= HEAD_BYTES => return Err("the headers of a part have no end".into()),
                false => (),
            }
        }
        Ok(piece)
    })
}

async fn read(mut form: multer::Multipart<'_>, limit: usize) -> Result<Upload> {
    let unreadable = |_| Error::refused("kit-form-unreadable");
    let mut upload = Upload { name: String::new(), bytes: Vec::new(), fields: Vec::new() };
    while let Some(mut field) = form.next_field().await.map_err(unreadable)? {
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().map(plain_name);
        let bound = if file.is_some() { limit } else { FIELD_BYTES };
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await.map_err(unreadable)? {
            if bytes.len() + chunk.len() > bound {
                return Err(too_large(limit, "kit-too-large"));
            }
            bytes.extend_from_slice(&chunk);
        }
        match file {
            Some(file) => (upload.name, upload.bytes) = (file, bytes),
            None if upload.fields.len() < FIELDS => {
                upload.fields.push((name, String::from_utf8_lossy(&bytes).into_owned()));
            }
            None => return Err(Error::refused("kit-form-unreadable")),
        }
    }
    Ok(upload)
}

/// The last part of a path in either style, without control characters, at most 200 characters.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    last.chars().filter(|c| !c.is_control()).take(200).collect()
}
