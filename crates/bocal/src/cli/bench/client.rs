//! A client for the benchmarks: HTTP/1.1 on one connection kept open, to this machine only.

use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// One connection.
pub(super) struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// An answer: status, the cookies it sets and body.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) set_cookies: Vec<String>,
    pub(super) body: String,
}

impl Client {
    pub(super) async fn connect(address: std::net::SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(16 * 1024) })
    }

    pub(super) async fn get(&mut self, path: &str) -> io::Result<Answer> {
        self.get_with(path, "").await
    }

    /// Asks with more headers, each ended by `\r\n`.
    pub(super) async fn get_with(&mut self, path: &str, headers: &str) -> io::Result<Answer> {
        self.send(&format!("GET {path} HTTP/1.1\r\nhost: bench\r\n{headers}\r\n")).await
    }

    pub(super) async fn post_form(&mut self, path: &str, form: &str) -> io::Result<Answer> {
        self.post_form_with(path, form, "").await
    }

    /// Sends a form with more headers, each ended by `\r\n`.
    pub(super) async fn post_form_with(
        &mut self,
        path: &str,
        form: &str,
        headers: &str,
    ) -> io::Result<Answer> {
        self.send(&format!(
            "POST {path} HTTP/1.1\r\nhost: bench\r\ncontent-type: application/x-www-form-urlencoded\r\n\
             content-length: {}\r\n{headers}\r\n{form}",
            form.len()
        ))
        .await
    }

    async fn send(&mut self, request: &str) -> io::Result<Answer> {
        self.stream.write_all(request.as_bytes()).await?;
        self.buffer.clear();
        let head = loop {
            if let Some(end) = find(&self.buffer, b"\r\n\r\n") {
                break end + 4;
            }
            self.fill().await?;
        };
        let lines = String::from_utf8_lossy(&self.buffer[..head]).into_owned();
        let text = lines.to_ascii_lowercase();
        let status = text.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
        let length: Option<usize> =
            text.split("content-length: ").nth(1).and_then(|v| v.split("\r\n").next()?.trim().parse().ok());
        match length {
            Some(length) => {
                while self.buffer.len() < head + length {
                    self.fill().await?;
                }
            }
            // Without a length the body is chunked: its end is the empty chunk.
            None => {
                while find(&self.buffer[head..], b"0\r\n\r\n").is_none() {
                    self.fill().await?;
                }
            }
        }
        let headers = lines.split("\r\n").filter_map(|line| line.split_once(": "));
        let cookies = headers.filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"));
        Ok(Answer {
            status,
            set_cookies: cookies.map(|(_, value)| value.to_owned()).collect(),
            body: String::from_utf8_lossy(&self.buffer[head..]).into_owned(),
        })
    }

    async fn fill(&mut self) -> io::Result<()> {
        if self.stream.read_buf(&mut self.buffer).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(())
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}
