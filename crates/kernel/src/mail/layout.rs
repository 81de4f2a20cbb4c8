//! One layout for every message: the organisation's name on top, then the blocks. MJML makes the tables that old mail
//! readers need; nothing is fetched from anywhere.

use std::fmt::Write as _;

use mrml::prelude::render::RenderOptions;

use super::model::Block;
use crate::errors::{Error, Result};
use crate::texts::T;

/// What stands around the blocks.
pub(super) struct Frame<'a> {
    pub(super) organisation: &'a str,
    pub(super) t: T,
    pub(super) subject: &'a str,
    pub(super) unsubscribe: Option<&'a str>,
}

const HEAD: &str = include_str!("layout_head.mjml");

/// The plain-text twin.
pub(super) fn plain(blocks: &[Block], frame: &Frame<'_>) -> String {
    let mut out = String::new();
    for block in blocks {
        // Writing into a text cannot fail.
        let _ = match block {
            Block::Text(text) => write!(out, "{text}\n\n"),
            Block::Quote(text) => {
                let quoted: Vec<String> = text.lines().map(|line| format!("> {line}")).collect();
                write!(out, "{}\n\n", quoted.join("\n"))
            }
            Block::Button { label, href } => write!(out, "{label}\n{href}\n\n"),
            Block::Small(text) => write!(out, "{text}\n\n"),
        };
    }
    let _ = write!(out, "-- \n{}\n", frame.organisation);
    if let Some(address) = frame.unsubscribe {
        let _ = write!(out, "\n{}\n{address}\n", frame.t.get("mail-unsubscribe"));
    }
    out
}

/// The HTML twin.
pub(super) fn html(blocks: &[Block], frame: &Frame<'_>) -> Result<String> {
    let parsed = mrml::parse(mjml(blocks, frame)).map_err(Error::caused)?;
    let options = RenderOptions {
        disable_comments: false,
        social_icon_origin: None,
        fonts: std::collections::HashMap::new(),
    };
    parsed.element.render(&options).map_err(Error::caused)
}

fn mjml(blocks: &[Block], frame: &Frame<'_>) -> String {
    let mut out = String::with_capacity(4_096);
    let _ = write!(
        out,
        "<mjml lang=\"{}\"><mj-head><mj-title>{}</mj-title>{HEAD}</mj-head><mj-body css-class=\"page\" \
         background-color=\"#eef3f4\">\
         <mj-section padding=\"24px 0 8px\"><mj-column><mj-text css-class=\"name\" font-size=\"17px\" \
         font-weight=\"700\" color=\"#0b5560\">{}</mj-text></mj-column></mj-section>\
         <mj-section css-class=\"sheet\" background-color=\"#ffffff\" border-radius=\"10px\" padding=\"16px 0\"><mj-column>",
        frame.t.code(),
        escape(frame.subject),
        escape(frame.organisation),
    );
    blocks.iter().for_each(|block| push(&mut out, block));
    out.push_str("</mj-column></mj-section>");
    if let Some(address) = frame.unsubscribe {
        let _ = write!(
            out,
            "<mj-section padding=\"8px 0 24px\"><mj-column><mj-text css-class=\"small\" font-size=\"13px\" \
             color=\"#52646a\"><a class=\"small\" href=\"{}\" style=\"color:#52646a\">{}</a></mj-text></mj-column></mj-section>",
            escape(address),
            escape(&frame.t.get("mail-unsubscribe")),
        );
    }
    out.push_str("</mj-body></mjml>");
    out
}

fn push(out: &mut String, block: &Block) {
    let _ = match block {
        Block::Text(text) => write!(out, "<mj-text css-class=\"text\">{}</mj-text>", lines(text)),
        Block::Quote(text) => write!(
            out,
            "<mj-text css-class=\"quote\" font-family=\"Georgia, 'Times New Roman', serif\" font-style=\"italic\" \
             padding=\"8px 25px\"><div class=\"bar\" style=\"border-left:3px solid #f2a33a;padding-left:14px\">{}</div></mj-text>",
            lines(text)
        ),
        Block::Button { label, href } => write!(
            out,
            "<mj-button css-class=\"button\" href=\"{}\" align=\"left\" background-color=\"#0b5560\" color=\"#ffffff\" \
             border-radius=\"8px\" font-size=\"16px\" font-weight=\"700\" inner-padding=\"14px 26px\">{}</mj-button>",
            escape(href),
            escape(label)
        ),
        Block::Small(text) => write!(
            out,
            "<mj-text css-class=\"small\" font-size=\"13px\" color=\"#52646a\">{}</mj-text>",
            lines(text)
        ),
    };
}

fn lines(text: &str) -> String {
    escape(text.trim()).replace("\r\n", "\n").replace('\n', "<br />")
}

/// Text as it may stand between tags and in attributes.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::{Locale, SOURCES, Texts};

    fn frame(unsubscribe: Option<&'static str>) -> Frame<'static> {
        let t = Texts::leak(SOURCES).unwrap().reader(Locale::Fr);
        Frame { organisation: "Maison & <Fils>", t, subject: "Votre avis", unsubscribe }
    }

    fn blocks() -> Vec<Block> {
        vec![
            Block::Text("Bonjour,\n\nVous avez écrit :".into()),
            Block::Quote("<script>alert(1)</script> & « rien »".into()),
            Block::Button { label: "Répondre".into(), href: "https://bocal.exemple.fr/a/1?x=\"&y".into() },
            Block::Small("Lien personnel.".into()),
        ]
    }

    #[test]
    fn a_message_fetches_nothing_and_runs_nothing() {
        let html = html(&blocks(), &frame(Some("https://bocal.exemple.fr/u/1"))).unwrap();
        assert!(html.contains("Maison &amp; &lt;Fils&gt;") && html.contains("lang=\"fr\""), "{html}");
        assert!(!html.contains("<script") && !html.contains("<img") && !html.contains("@import"), "{html}");
        let known = ["https://bocal.exemple.fr", "http://www.w3.org", "urn:schemas"];
        for address in html.split('"').filter(|part| part.contains("://")) {
            assert!(known.iter().any(|start| address.contains(start)), "{address}");
        }
        assert!(!html.contains("<link"), "{html}");
    }

    #[test]
    fn the_plain_twin_says_the_same() {
        let plain = plain(&blocks(), &frame(Some("https://bocal.exemple.fr/u/1")));
        for words in
            ["Bonjour,", "> <script>alert(1)</script>", "Répondre\nhttps://", "Lien personnel", "/u/1"]
        {
            assert!(plain.contains(words), "{plain}");
        }
    }
}
