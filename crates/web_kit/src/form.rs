//! Forms that keep what was typed and show each error at its field.

use std::fmt::Write as _;

use askama::filters::Safe;
use kernel::FieldError;
use kernel::texts::T;

/// A form being shown: texts, the anti-forgery token, and what was wrong with the last attempt.
pub struct FormView {
    t: T,
    csrf: String,
    errors: Vec<FieldError>,
}

/// Escapes text for HTML, in content and in attributes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&#34;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

impl FormView {
    /// A form for a reader.
    pub fn new(t: T, csrf: &str, errors: Vec<FieldError>) -> Self {
        Self { t, csrf: csrf.to_owned(), errors }
    }

    /// A form of a public page: no session, no token.
    pub fn public(t: T, errors: Vec<FieldError>) -> Self {
        Self::new(t, "", errors)
    }

    /// Whether the last attempt was wrong somewhere.
    pub fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    /// The hidden anti-forgery token: first thing in every form.
    pub fn token(&self) -> Safe<String> {
        Safe(format!("<input type=\"hidden\" name=\"csrf\" value=\"{}\">", escape(&self.csrf)))
    }

    /// What is wrong with a field.
    pub fn error(&self, field: &str) -> Option<String> {
        self.errors.iter().find(|e| e.field == field).map(|e| self.t.message(&e.message))
    }

    /// What is wrong with a field, to stand beside a control written by hand.
    pub fn error_at(&self, field: &str) -> Safe<String> {
        Safe(self.error(field).map_or_else(String::new, |error| {
            let icon = crate::page::icon("stop").0;
            format!("<span class=\"error\" id=\"e-{}\">{icon}{}</span>", escape(field), escape(&error))
        }))
    }

    /// The attributes of a control written by hand that tie it to its hint (by identifier, or empty) and its error.
    pub fn ties(&self, field: &str, hint: &str) -> Safe<String> {
        let error = self.error(field).map(|_| format!("e-{field}"));
        let both: Vec<&str> =
            [Some(hint).filter(|h| !h.is_empty()), error.as_deref()].into_iter().flatten().collect();
        let invalid = if error.is_some() { " aria-invalid=\"true\"" } else { "" };
        let described = if both.is_empty() {
            String::new()
        } else {
            format!(" aria-describedby=\"{}\"", escape(&both.join(" ")))
        };
        Safe(format!("{described}{invalid}"))
    }

    /// All errors, each a link to its field.
    pub fn summary(&self) -> Safe<String> {
        if self.errors.is_empty() {
            return Safe(String::new());
        }
        let title = escape(&self.t.one("kit-form-errors", "n", self.errors.len()));
        let mut out = format!(
            "<div class=\"notice notice--late\" role=\"alert\" tabindex=\"-1\">{}<div><h2>{title}</h2><ul class=\"small\">",
            crate::page::icon("stop").0
        );
        for error in &self.errors {
            let text = escape(&self.t.message(&error.message));
            let _ = write!(out, "<li><a href=\"#f-{}\">{text}</a></li>", escape(&error.field));
        }
        out.push_str("</ul></div></div>");
        Safe(out)
    }

    /// A line of text. `label` is a text key; its hint is the key with `-hint`, if there is one.
    pub fn text(&self, name: &str, label: &str, value: &str) -> Safe<String> {
        self.input("text", name, label, value, "")
    }

    /// A line of text that must be filled.
    pub fn required(&self, name: &str, label: &str, value: &str) -> Safe<String> {
        self.input("text", name, label, value, " required")
    }

    /// An e-mail address.
    pub fn email(&self, name: &str, label: &str, value: &str) -> Safe<String> {
        self.input("email", name, label, value, " autocomplete=\"email\"")
    }

    /// A telephone number.
    pub fn tel(&self, name: &str, label: &str, value: &str) -> Safe<String> {
        self.input("tel", name, label, value, "")
    }

    /// A day.
    pub fn date(&self, name: &str, label: &str, value: &str) -> Safe<String> {
        self.input("date", name, label, value, "")
    }

    /// A password; `autocomplete` is `current-password` or `new-password`.
    pub fn password(&self, name: &str, label: &str, autocomplete: &str) -> Safe<String> {
        self.input("password", name, label, "", &format!(" required autocomplete=\"{autocomplete}\""))
    }

    /// Any single-line input, with further attributes.
    pub fn input(&self, kind: &str, name: &str, label: &str, value: &str, attributes: &str) -> Safe<String> {
        let (name, value) = (escape(name), escape(value));
        self.field(&name, label, |described| {
            format!(
                "<input class=\"input\" type=\"{kind}\" id=\"f-{name}\" name=\"{name}\" value=\"{value}\"{attributes}{described}>"
            )
        })
    }

    /// Several lines of text.
    pub fn area(&self, name: &str, label: &str, value: &str, rows: u32) -> Safe<String> {
        let (name, value) = (escape(name), escape(value));
        self.field(&name, label, |described| {
            format!(
                "<textarea class=\"input\" id=\"f-{name}\" name=\"{name}\" rows=\"{rows}\"{described}>\n{value}</textarea>"
            )
        })
    }

    /// A choice among `options`: value and label in words.
    pub fn select(&self, name: &str, label: &str, options: &[(String, String)], value: &str) -> Safe<String> {
        let name = escape(name);
        self.field(&name, label, |described| {
            let mut out = format!("<select class=\"input\" id=\"f-{name}\" name=\"{name}\"{described}>");
            out.push_str(&options_html(options, value));
            out.push_str("</select>");
            out
        })
    }

    /// A box to tick; sends `on`.
    pub fn check(&self, name: &str, label: &str, checked: bool) -> Safe<String> {
        let name = escape(name);
        let text = escape(&self.t.get(label));
        let hint = self.hint_text(label).map(|h| format!("<small>{h}</small>")).unwrap_or_default();
        let checked = if checked { " checked" } else { "" };
        Safe(format!(
            "<label class=\"check\"><input type=\"checkbox\" id=\"f-{name}\" name=\"{name}\" value=\"on\"{checked}><span>{text}{hint}</span></label>"
        ))
    }

    fn hint_text(&self, label: &str) -> Option<String> {
        let key = format!("{label}-hint");
        self.t.has(&key).then(|| escape(&self.t.get(&key)))
    }

    /// A field around any control: label above, hint, error, then the control.
    fn field(&self, name: &str, label: &str, control: impl FnOnce(&str) -> String) -> Safe<String> {
        let error = self.error(name).map(|e| escape(&e));
        let hint = self.hint_text(label);
        let mut described = Vec::new();
        if hint.is_some() {
            described.push(format!("h-{name}"));
        }
        if error.is_some() {
            described.push(format!("e-{name}"));
        }
        let mut attributes = String::new();
        if !described.is_empty() {
            let _ = write!(attributes, " aria-describedby=\"{}\"", described.join(" "));
        }
        if error.is_some() {
            attributes.push_str(" aria-invalid=\"true\"");
        }
        let class = if error.is_some() { "field field--error" } else { "field" };
        let mut out =
            format!("<div class=\"{class}\"><label for=\"f-{name}\">{}</label>", escape(&self.t.get(label)));
        if let Some(hint) = hint {
            let _ = write!(out, "<span class=\"hint\" id=\"h-{name}\">{hint}</span>");
        }
        if let Some(error) = error {
            let _ = write!(
                out,
                "<span class=\"error\" id=\"e-{name}\">{}{error}</span>",
                crate::page::icon("stop").0
            );
        }
        out.push_str(&control(&attributes));
        out.push_str("</div>");
        Safe(out)
    }
}

/// The options of a choice, as HTML.
pub fn options_html(options: &[(String, String)], value: &str) -> String {
    let mut out = String::new();
    for (option, text) in options {
        let selected = if option == value { " selected" } else { "" };
        let _ = write!(out, "<option value=\"{}\"{selected}>{}</option>", escape(option), escape(text));
    }
    out
}
