//! What words of headers say, in French and English, German, Spanish, Italian, Portuguese, Dutch and Polish.

use super::Kind;
use super::headers::Header;

/// Headers that mean what they are as a whole.
#[rustfmt::skip]
pub(super) fn whole(phrase: &str) -> Option<Header> {
    Some(match phrase {
        "name" | "nom" | "noms" | "naam" => Header::Name,
        "nome" | "nome cliente" => Header::Given,
        "nombre" | "nombre cliente" => Header::NumberOrGiven,
        "numero" | "num" | "n" | "no" | "number" | "nr" | "nro" | "nummer" | "numer" => Header::AnyNumber,
        "id" | "uid" | "uuid" | "guid" | "key" | "cle" | "index" | "row" | "rowid" | "record" | "ref" | "reference"
        | "code" | "matricule" | "kod" | "codigo" | "codice" => Header::Number,
        "first" | "given" | "fname" | "nombre pila" | "primer nombre" | "segundo nombre" | "nome proprio"
        | "primeiro nome" | "primo nome" | "secondo nome" => Header::Says(Kind::GivenName),
        "last" | "family" | "lname" | "nome familia" | "nome famiglia" | "ultimo nome" | "geb name" => {
            Header::Says(Kind::FamilyName)
        }
        "nom prenom" | "nom et prenom" | "prenom nom" | "prenom et nom" | "nom prenoms" | "first and surname"
        | "nom complet" | "full name" | "fullname" | "whole name" | "complete name" | "first last" | "denomination"
        | "customer name" | "client name" | "nom client" | "display name" | "raison sociale nom"
        | "vollstandiger name" | "kundenname" | "nombre completo" | "nome completo" | "volledige naam" | "klantnaam"
        | "pelne imie" => Header::Says(Kind::WholeName),
        "ne" | "nee" | "ne nee" | "born" | "ddn" | "dob" | "dn" | "bday" | "geb" | "nato il" | "nata il"
        | "nato a il" => Header::Says(Kind::BirthDate),
        "m f" | "h f" | "mme m" | "title" | "titre" | "salutation" | "politesse" | "titel" | "titolo" | "titulo"
        | "m w" | "m w d" | "m v" | "k m" => Header::Says(Kind::Gender),
        "codice fiscale" | "cod fiscale" | "codigo fiscal" | "numero fiscal" | "numero contribuinte" | "partita iva"
        | "p iva" => Header::Says(Kind::Identifier),
        "str" | "str nr" | "str hausnummer" | "str hausnr" | "via e numero" | "via numero" | "via e numero civico"
        | "via e civico" => Header::Says(Kind::Street),
        "numero casa" => Header::Says(Kind::StreetNumber),
        "cap" => Header::Says(Kind::PostalCode),
        "local nascimento" => Header::Says(Kind::City),
        "land" => Header::Says(Kind::Country),
        "cluster" | "cluster id" | "ground truth" | "truth" | "true cluster" | "entity id" | "match score"
        | "label" => Header::Says(Kind::Ignored),
        "ca" => Header::Says(Kind::Number),
        _ => return None,
    })
}

/// Words of which one is enough, words that forbid it, what it says; the first rule that applies decides.
type Rule = (&'static [&'static str], &'static [&'static str], Header);

const fn says(any: &'static [&'static str], none: &'static [&'static str], kind: Kind) -> Rule {
    (any, none, Header::Says(kind))
}

/// Words for the given name in neighbouring languages, and for the family name.
const GIVEN: &[&str] =
    &["vorname", "vornamen", "rufname", "voornaam", "voornamen", "roepnaam", "imie", "imiona"];
#[rustfmt::skip]
const FAMILY: &[&str] = &[
    "nachname", "familienname", "zuname", "geburtsname", "achternaam", "familienaam", "nazwisko", "apellido", "apellidos",
    "apellido1", "apellido2", "cognome", "apelido", "apelidos", "sobrenome",
];

#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    says(&["email", "mail", "courriel", "emails", "mel", "mails", "mailadresse", "emailadresse", "emailadres", "mailadres",
        "correo", "correio", "elettronica"], &["date", "optin", "consent", "postal", "fecha", "datum"], Kind::Email),
    says(&["ssn", "siret", "siren", "nir", "nss", "iban", "passport", "passeport", "nino", "sin", "securite", "secu",
        "licence", "license", "tva", "vat", "dni", "nif", "cif", "bsn", "pesel", "cpf", "nip", "steuernummer", "ustid",
        "sozialversicherungsnummer", "ausweisnummer", "reisepass", "rijksregisternummer"], &[], Kind::Identifier),
    (&["soc"], &[], Header::Says(Kind::Identifier)),
    says(&["social"], &["raison", "razon", "nom"], Kind::Identifier),
    says(&["tel", "telephone", "phone", "mobile", "portable", "gsm", "telephones", "cell", "cellphone", "fixe", "phones",
        "telephonenumber", "phonenumber", "fax", "telefon", "telefonnummer", "telefonnr", "telnr", "telnummer", "handy",
        "handynummer", "handynr", "mobil", "mobilnummer", "mobiltelefon", "festnetz", "rufnummer", "telefono", "telefonos",
        "movil", "celular", "tfno", "tlf", "telf", "cellulare", "telefonico", "telefone", "telefones", "telemovel",
        "telefoon", "telefoonnummer", "mobiel", "mobiele", "telefonu", "komorka", "komorkowy"],
        &["date", "type", "fecha", "datum"], Kind::Phone),
    says(&["dob", "ddn", "birthdate", "birthday", "datenaissance", "geburtsdatum", "geburtstag", "gebdatum",
        "geboortedatum", "geboortedag", "fnac"], &[], Kind::BirthDate),
    says(&["naissance", "birth", "born", "geboren", "nacimiento", "nac", "nascita", "nascimento", "geboorte", "urodzenia",
        "urodzony", "urodzona"], &["lieu", "place", "ville", "city", "nom", "name", "pays", "country", "commune",
        "departement", "rang", "town", "ort", "in", "lugar", "ciudad", "pais", "provincia", "municipio", "luogo",
        "comune", "citta", "paese", "localidade", "cidade", "concelho", "plaats", "miejsce", "kraj"], Kind::BirthDate),
    says(GIVEN, &["name", "naam", "nachname", "familienname", "zuname", "achternaam", "nazwisko"], Kind::GivenName),
    (GIVEN, &[], Header::Says(Kind::WholeName)),
    says(FAMILY, &["nombre", "nombres", "nome"], Kind::FamilyName),
    (FAMILY, &[], Header::Says(Kind::WholeName)),
    says(&["nombres"], &[], Kind::GivenName),
    says(&["prenom", "prenoms", "forename", "forenames", "firstname", "givenname", "christian", "nickname", "surnom"],
        &["nom"], Kind::GivenName),
    (&["prenom", "prenoms"], &[], Header::Says(Kind::WholeName)),
    says(&["given", "first", "middle"], &["date", "contact", "visit", "order", "last", "surname"], Kind::GivenName),
    says(&["surname", "lastname", "familyname", "patronyme", "patronymique", "maiden"], &["first"], Kind::FamilyName),
    says(&["last", "family"], &["date", "visit", "order", "login", "modified", "update", "updated", "size"],
        Kind::FamilyName),
    says(&["nom"], &["ville", "rue", "voie", "commune", "entreprise", "societe", "produit", "pays", "complet", "site",
        "fichier"], Kind::FamilyName),
    says(&["cp", "postal", "postcode", "zip", "zipcode", "postale", "plz", "codepostal", "postleitzahl", "pocztowy",
        "cep"], &["adresse", "boite", "direccion", "correo", "indirizzo", "morada"], Kind::PostalCode),
    (&["rue", "voie", "street", "house"], &["adresse", "libelle", "nom", "name", "type", "address"],
        Header::Says(Kind::Street)),
    says(&["adresse", "address", "addr", "adr", "rue", "voie", "street", "adresse1", "address1", "adresse2", "address2",
        "addressline1", "domicile", "anschrift", "strasse", "strassenname", "direccion", "domicilio", "calle",
        "indirizzo", "morada", "endereco", "logradouro", "rua", "adres", "straat", "straatnaam", "ulica"],
        &["ip", "type"], Kind::Street),
    says(&["hausnummer", "hausnr", "hnr", "huisnummer", "huisnr", "civico", "domu"], &[], Kind::StreetNumber),
    says(&["ville", "commune", "city", "town", "suburb", "localite", "locality", "municipality", "village", "lieu",
        "birthplace", "ort", "stadt", "wohnort", "ortschaft", "gemeinde", "geburtsort", "ciudad", "poblacion",
        "localidad", "municipio", "lugar", "citta", "comune", "localita", "luogo", "cidade", "localidade",
        "naturalidade", "plaats", "woonplaats", "gemeente", "stad", "geboorteplaats", "miasto", "miejscowosc",
        "miejsce"], &[], Kind::City),
    says(&["place"], &["work"], Kind::City),
    says(&["pays", "country", "nation", "nationalite", "nationality", "pais", "paese", "nazione", "kraj", "staat",
        "geburtsland", "geboorteland", "herkunftsland", "staatsangehorigkeit", "nationalitat", "nacionalidad",
        "nazionalita", "nacionalidade", "nationaliteit", "obywatelstwo"], &[], Kind::Country),
    says(&["state", "region", "departement", "province", "county", "canton", "dept", "dep", "bundesland", "kanton",
        "provincia", "regione", "provinz", "provincie", "wojewodztwo", "powiat", "distrito", "concelho", "freguesia"], &[],
        Kind::Region),
    says(&["sexe", "sex", "gender", "genre", "civilite", "civ", "anrede", "geschlecht", "sexo", "genero", "tratamiento",
        "sesso", "genere", "tratamento", "geslacht", "aanhef", "plec"], &[], Kind::Gender),
    says(&["commentaire", "commentaires", "comment", "comments", "note", "notes", "description", "memo", "remarque",
        "observation", "observations", "message", "societe", "entreprise", "company", "raison", "organisation",
        "organization", "employer", "bemerkung", "bemerkungen", "notiz", "notizen", "kommentar", "anmerkung",
        "observaciones", "comentario", "comentarios", "notas", "osservazioni", "opmerking", "opmerkingen", "uwagi",
        "firma", "firmenname", "unternehmen", "empresa", "azienda", "bedrijf", "bedrijfsnaam", "firmy", "ragione",
        "razon", "organisatie"], &[], Kind::Text),
    says(&["date", "jour", "created", "updated", "modified", "timestamp", "day", "cree", "depuis", "since", "datum",
        "fecha", "data", "erstellt"], &["type"], Kind::Day),
    says(&["montant", "amount", "prix", "price", "total", "solde", "balance", "quantite", "quantity", "nb", "nombre",
        "count", "age", "score", "revenue", "salaire", "salary", "betrag", "umsatz", "summe", "anzahl", "importe",
        "importo", "saldo", "edad", "valor", "valore", "quantita", "cantidad", "bedrag", "aantal", "leeftijd", "kwota",
        "ilosc", "wiek", "idade", "quantidade", "totale", "prezzo", "precio", "preis", "prijs", "cena"], &[],
        Kind::Number),
    says(&["statut", "status", "type", "categorie", "category", "segment", "groupe", "group", "langue", "language",
        "profession", "occupation", "metier", "job", "source", "canal", "channel", "kategorie", "gruppe", "beruf",
        "sprache", "tipo", "grupo", "categoria", "profesion", "idioma", "professione", "lingua", "profissao", "taal",
        "beroep", "zawod", "jezyk"], &["id"], Kind::Category),
    (&["id", "ids", "identifiant", "identifier", "numero", "num", "no", "number", "ref", "reference", "code", "uuid",
        "matricule", "cle", "key", "compte", "account", "nr", "nro", "nummer", "numer", "codigo", "codice", "cod"], &[],
        Header::Number),
    (&["name", "naam"], &["company", "file", "product", "user"], Header::Name),
];
