//! Words that files use for what we keep as codes.

use crate::customers::rules::fold;

fn among<V: Copy>(text: &str, lists: &[(V, &str)]) -> Option<V> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let word = fold(text);
    lists.iter().find(|(_, words)| words.split(", ").any(|w| w == word)).map(|(value, _)| *value)
}

/// A consent: yes, no, or something else.
pub(super) fn consent(text: &str) -> Option<bool> {
    among(
        text,
        &[
            (
                true,
                "oui, o, yes, y, 1, true, vrai, x, ok, accepte, accord, opt in, opt-in, optin, granted, on, d'accord",
            ),
            (false, "non, n, no, 0, false, faux, refuse, refus, opt out, opt-out, optout, denied, off"),
        ],
    )
}

/// A person or an organisation, as its code.
pub(super) fn kind(text: &str) -> Option<&'static str> {
    among(
        text,
        &[
            (
                "person",
                "person, personne, particulier, particuliere, individu, individual, personne physique, pp, b2c, homme, femme",
            ),
            (
                "organisation",
                "organisation, organization, entreprise, societe, professionnel, pro, company, business, association, personne morale, pm, b2b, collectivite",
            ),
        ],
    )
}

/// What somebody is to us, as its code.
pub(super) fn role(text: &str) -> Option<&'static str> {
    among(
        text,
        &[
            ("prospect", "prospect, prospecte, lead, piste"),
            ("customer", "customer, client, cliente, actif, active, adherent, adherente, membre, member"),
            (
                "former",
                "former, ancien client, ancienne cliente, ancien, ancienne, ex client, ex-client, inactif, inactive, resilie, lost, churned",
            ),
        ],
    )
}

/// A channel, as its code. “mail” means e-mail to most people, and post in our own exports.
pub(super) fn channel(text: &str, mail_is_post: bool) -> Option<&'static str> {
    let word = fold(text.trim());
    if word == "mail" && !mail_is_post {
        return Some("email");
    }
    among(
        text,
        &[
            ("phone", "phone, telephone, tel, telephone fixe, fixe, appel, call, landline"),
            ("mobile", "mobile, portable, sms, texto, gsm, cell, whatsapp"),
            ("email", "email, e-mail, courriel, mel"),
            ("mail", "mail, courrier, courrier postal, poste, post, letter, postal mail"),
            (
                "counter",
                "counter, guichet, agence, en agence, boutique, magasin, au guichet, branch, store, visite",
            ),
        ],
    )
}

/// A language: ours, another one (which is left empty), or no language at all.
pub(super) fn language(text: &str) -> Option<&'static str> {
    among(
        text,
        &[
            ("fr", "fr, fra, fre, francais, french, fr-fr, fr_fr, fr-ca, fr_ca, fr-be, fr_be, fr-ch, fr_ch"),
            ("en", "en, eng, anglais, english, en-gb, en_gb, en-us, en_us, en-ca, en_ca, en-au, en_au"),
            (
                "",
                "de, deu, ger, allemand, german, es, spa, espagnol, spanish, it, ita, italien, italian, nl, nld, dut, neerlandais, dutch, pt, por, portugais, portuguese, ar, arabe, arabic",
            ),
        ],
    )
}

/// A country in two letters; anything else comes back as it is.
pub(super) fn country(text: &str) -> String {
    let known = among(
        text,
        &[
            ("FR", "france, fra, republique francaise"),
            ("BE", "belgique, belgium, bel, belgie"),
            ("CH", "suisse, switzerland, che, schweiz, svizzera"),
            ("CA", "canada, can, quebec"),
            ("LU", "luxembourg, lux"),
            ("MC", "monaco, mco"),
            ("DE", "allemagne, germany, deu, deutschland"),
            ("ES", "espagne, spain, esp, espana"),
            ("IT", "italie, italy, ita, italia"),
            ("GB", "royaume-uni, royaume uni, united kingdom, uk, gbr, great britain, angleterre, england"),
            ("IE", "irlande, ireland, irl"),
            ("NL", "pays-bas, pays bas, netherlands, nld"),
            ("PT", "portugal, prt"),
            ("AT", "autriche, austria, aut"),
            ("US", "etats-unis, etats unis, united states, usa, united states of america"),
            ("AU", "australie, australia, aus"),
            ("MA", "maroc, morocco, mar"),
            ("DZ", "algerie, algeria, dza"),
            ("TN", "tunisie, tunisia, tun"),
            ("SN", "senegal, sen"),
            ("CI", "cote d'ivoire, cote d ivoire, ivory coast, civ"),
        ],
    );
    known.map_or_else(|| text.trim().to_owned(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn consents_are_read_in_both_languages_and_in_figures() {
        for yes in ["Oui", "O", "yes", "1", "x", "Accepté"] {
            assert_eq!(consent(yes), Some(true), "{yes}");
        }
        for no in ["non", "N", "No", "0", "Refusé"] {
            assert_eq!(consent(no), Some(false), "{no}");
        }
        assert_eq!(consent("peut-être"), None);
    }

    #[test]
    fn mail_is_electronic_unless_the_file_writes_our_codes() {
        assert_eq!(channel("Mail", false), Some("email"));
        assert_eq!(channel("mail", true), Some("mail"));
        assert_eq!(channel("Courrier", false), Some("mail"));
    }

    #[test]
    fn countries_written_out_become_two_letters_and_others_stay() {
        assert_eq!(country("France"), "FR");
        assert_eq!(country("Côte d’Ivoire"), "CI");
        assert_eq!(country("be"), "be");
        assert_eq!(country("Atlantide"), "Atlantide");
    }
}
