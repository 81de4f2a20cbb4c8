//! Words of headers.

use super::Kind;

/// What a header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Header {
    /// One kind.
    Says(Kind),
    /// A number given to somebody or to the row.
    Number,
    /// "name", "nom": family name or whole name.
    Name,
    /// "numero": of the street, of the customer.
    AnyNumber,
    Nothing,
}

/// Kind that a header names, values aside.
pub(super) fn named_kind(header: &str) -> Option<Kind> {
    match kind_of(header) {
        Header::Says(kind) => Some(kind),
        Header::Number | Header::AnyNumber => Some(Kind::Identifier),
        Header::Name => Some(Kind::FamilyName),
        Header::Nothing => None,
    }
}

pub(super) fn kind_of(header: &str) -> Header {
    let folded = folded(header);
    let words: Vec<&str> = folded.split(' ').filter(|word| !is_filler(word)).collect();
    let phrase = words.join(" ");
    if let Some(found) = whole(&phrase) {
        return found;
    }
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    RULES.iter().find(|(any, none, _)| has(any) && !has(none)).map_or(Header::Nothing, |(_, _, found)| *found)
}

/// Folded words, "dateOfBirth" taken apart.
fn folded(header: &str) -> String {
    const LONGEST: usize = 120;
    let mut apart = String::new();
    let mut before_is_small = false;
    for letter in header.chars().take(LONGEST) {
        if before_is_small && letter.is_uppercase() {
            apart.push(' ');
        }
        apart.push(letter);
        before_is_small = letter.is_lowercase();
    }
    crate::normalise::fold(&apart)
}

/// Words that say whose it is, or which of several.
fn is_filler(word: &str) -> bool {
    let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
    let is_filler = matches!(
        word,
        "du" | "de"
            | "d"
            | "la"
            | "le"
            | "l"
            | "des"
            | "of"
            | "the"
            | "contact"
            | "person"
            | "personne"
            | "adherent"
            | "patient"
            | "fake"
            | "primary"
            | "principal"
            | "principale"
            | "main"
            | "home"
            | "perso"
            | "pro"
            | "user"
    );
    is_number || is_filler
}

/// Headers that mean what they are as a whole.
fn whole(phrase: &str) -> Option<Header> {
    Some(match phrase {
        "name" | "nom" | "noms" => Header::Name,
        "numero" | "num" | "n" | "no" | "number" => Header::AnyNumber,
        "id" | "uid" | "uuid" | "guid" | "key" | "cle" | "index" | "row" | "rowid" | "record" | "ref"
        | "reference" | "code" | "matricule" => Header::Number,
        "first" | "given" | "fname" => Header::Says(Kind::GivenName),
        "last" | "family" | "lname" => Header::Says(Kind::FamilyName),
        "nom prenom" | "nom et prenom" | "prenom nom" | "prenom et nom" | "nom prenoms"
        | "first and surname" | "nom complet" | "full name" | "fullname" | "whole name" | "complete name"
        | "first last" | "denomination" | "customer name" | "client name" | "nom client" | "display name"
        | "raison sociale nom" => Header::Says(Kind::WholeName),
        "ne" | "nee" | "ne nee" | "born" | "ddn" | "dob" | "dn" | "bday" => Header::Says(Kind::BirthDate),
        "m f" | "h f" | "mme m" | "title" | "titre" | "salutation" | "politesse" => {
            Header::Says(Kind::Gender)
        }
        "cluster" | "cluster id" | "ground truth" | "truth" | "true cluster" | "entity id"
        | "match score" | "label" => Header::Says(Kind::Ignored),
        "ca" => Header::Says(Kind::Number),
        _ => return None,
    })
}

/// Words of which one is enough, words that forbid it, what it says; the first rule that applies decides.
type Rule = (&'static [&'static str], &'static [&'static str], Header);

const fn says(any: &'static [&'static str], none: &'static [&'static str], kind: Kind) -> Rule {
    (any, none, Header::Says(kind))
}

#[rustfmt::skip]
const RULES: &[Rule] = &[
    says(&["email", "mail", "courriel", "emails", "mel", "mails"], &["date", "optin", "consent"], Kind::Email),
    says(&["ssn", "siret", "siren", "nir", "nss", "iban", "passport", "passeport", "nino", "sin", "securite", "secu",
        "licence", "license", "tva", "vat"], &[], Kind::Identifier),
    (&["soc"], &[], Header::Says(Kind::Identifier)),
    says(&["social"], &["raison", "nom"], Kind::Identifier),
    says(&["tel", "telephone", "phone", "mobile", "portable", "gsm", "telephones", "cell", "cellphone", "fixe", "phones",
        "telephonenumber", "phonenumber", "fax"], &["date", "type"], Kind::Phone),
    says(&["dob", "ddn", "birthdate", "birthday", "datenaissance"], &[], Kind::BirthDate),
    says(&["naissance", "birth", "born"], &["lieu", "place", "ville", "city", "nom", "name", "pays", "country", "commune",
        "departement", "rang", "town"], Kind::BirthDate),
    says(&["prenom", "prenoms", "forename", "forenames", "firstname", "givenname", "christian", "nickname", "surnom"],
        &["nom"], Kind::GivenName),
    (&["prenom", "prenoms"], &[], Header::Says(Kind::WholeName)),
    says(&["given", "first", "middle"], &["date", "contact", "visit", "order", "last", "surname"], Kind::GivenName),
    says(&["surname", "lastname", "familyname", "patronyme", "patronymique", "maiden"], &["first"], Kind::FamilyName),
    says(&["last", "family"], &["date", "visit", "order", "login", "modified", "update", "updated", "size"],
        Kind::FamilyName),
    says(&["nom"], &["ville", "rue", "voie", "commune", "entreprise", "societe", "produit", "pays", "complet", "site",
        "fichier"], Kind::FamilyName),
    says(&["cp", "postal", "postcode", "zip", "zipcode", "postale", "plz", "codepostal"], &["adresse", "boite"],
        Kind::PostalCode),
    (&["rue", "voie", "street", "house"], &["adresse", "libelle", "nom", "name", "type", "address"],
        Header::Says(Kind::Street)),
    says(&["adresse", "address", "addr", "adr", "rue", "voie", "street", "adresse1", "address1", "adresse2", "address2",
        "addressline1", "domicile"], &["ip", "type"], Kind::Street),
    says(&["ville", "commune", "city", "town", "suburb", "localite", "locality", "municipality", "village", "lieu",
        "birthplace"], &[], Kind::City),
    says(&["place"], &["work"], Kind::City),
    says(&["pays", "country", "nation", "nationalite", "nationality"], &[], Kind::Country),
    says(&["state", "region", "departement", "province", "county", "canton", "dept", "dep"], &[], Kind::Region),
    says(&["sexe", "sex", "gender", "genre", "civilite", "civ"], &[], Kind::Gender),
    says(&["commentaire", "commentaires", "comment", "comments", "note", "notes", "description", "memo", "remarque",
        "observation", "observations", "message", "societe", "entreprise", "company", "raison", "organisation",
        "organization", "employer"], &[], Kind::Text),
    says(&["date", "jour", "created", "updated", "modified", "timestamp", "day", "cree", "depuis", "since"],
        &["type"], Kind::Day),
    says(&["montant", "amount", "prix", "price", "total", "solde", "balance", "quantite", "quantity", "nb", "nombre",
        "count", "age", "score", "revenue", "salaire", "salary"], &[], Kind::Number),
    says(&["statut", "status", "type", "categorie", "category", "segment", "groupe", "group", "langue", "language",
        "profession", "occupation", "metier", "job", "source", "canal", "channel"], &["id"], Kind::Category),
    (&["id", "ids", "identifiant", "identifier", "numero", "num", "no", "number", "ref", "reference", "code", "uuid",
        "matricule", "cle", "key", "compte", "account", "nr"], &[], Header::Number),
    (&["name"], &["company", "file", "product"], Header::Name),
];

/// Whether a header names the number of a house.
pub(super) fn is_street_number(header: &str) -> bool {
    let folded = folded(header);
    let has = |list: &[&str]| folded.split(' ').any(|word| list.contains(&word));
    has(&["number", "numero", "num", "no", "n", "nr"])
        && has(&["street", "rue", "voie", "house", "adresse", "address"])
}
