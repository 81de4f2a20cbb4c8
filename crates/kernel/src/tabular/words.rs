//! Words that name columns, in French and English, folded (lower case, no accents, single spaces), and the words
//! some columns hold. Each list is one text, its entries separated by a comma and a space.

use super::guess::ColumnKind::{self, *};

/// The entries of a list.
pub(super) fn entries(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split(", ")
}

/// Whole names of columns.
pub(super) const NAMES: &[(ColumnKind, &str)] = &[
    (
        GivenName,
        "prenom, prenoms, first name, firstname, given name, givenname, forename, prenom client, prenom \
         usuel",
    ),
    (
        FamilyName,
        "nom, nom de famille, nom famille, nom usuel, nom d usage, nom client, patronyme, last name, \
         lastname, surname, family name, familyname",
    ),
    (
        FullName,
        "nom complet, nom et prenom, nom prenom, prenom nom, prenom et nom, identite, client, contact, \
         full name, fullname, name, customer name, customer",
    ),
    (
        Organisation,
        "societe, entreprise, organisation, organisme, raison sociale, employeur, etablissement, \
         association, structure, company, company name, organization, business, employer, account, \
         account name",
    ),
    (
        Email,
        "email, e mail, mail, courriel, adresse email, adresse e mail, adresse mail, adresse courriel, \
         adresse electronique, mel, email address, e mail address",
    ),
    (
        Phone,
        "telephone, tel, tel fixe, telephone fixe, fixe, numero de telephone, no de telephone, no tel, \
         num tel, n tel, phone, phone number, telephone number, landline, home phone, work phone",
    ),
    (
        Mobile,
        "mobile, portable, tel portable, tel mobile, telephone portable, telephone mobile, gsm, \
         cellulaire, cell, cell phone, mobile phone, mobile number, natel",
    ),
    (
        ExternalNumber,
        "id, identifiant, identifiant client, id client, numero client, num client, no client, n client, \
         code client, ref client, reference client, reference, ref, matricule, numero, numero d adherent, \
         numero de contrat, customer id, client id, customer number, customer no, customer ref, account \
         number, external id, key, rec id, member number, contact id",
    ),
    (
        BirthDate,
        "date de naissance, date naissance, ne le, nee le, ne e le, naissance, ddn, birth date, \
         birthdate, date of birth, dob, birthday",
    ),
    (
        Street,
        "adresse, adresse 1, adresse1, adresse ligne 1, adresse postale, rue, voie, numero et rue, ligne \
         d adresse, address, address 1, address1, address line 1, street, street address, postal address",
    ),
    (
        PostalCode,
        "code postal, cp, codepostal, c p, npa, postal code, postcode, post code, zip, zip code, zipcode",
    ),
    (City, "ville, commune, localite, municipalite, city, town, suburb, locality"),
    (Country, "pays, code pays, pays de residence, country, country code"),
    (
        Site,
        "site, agence, magasin, boutique, point de vente, bureau, centre, succursale, lieu, branch, \
         store, shop, location, office, outlet",
    ),
    (Language, "langue, langue preferee, langue de contact, language, lang, preferred language, locale"),
    (
        Consent,
        "consentement, consentement email, opt in, optin, accord, accepte, accepte les emails, rgpd, \
         newsletter, infolettre, consent, marketing consent, subscribed, gdpr, email consent",
    ),
    (
        Score0To10,
        "nps, recommandation, note de recommandation, probabilite de recommandation, recommend, \
         recommendation, likelihood to recommend, nps score",
    ),
    (
        Date,
        "date, date de reponse, date reponse, date de contact, date d achat, date achat, date de visite, \
         date de creation, horodatage, horodateur, cree le, recu le, jour, response date, created, \
         created at, created on, timestamp, date created, visit date, purchase date, order date, day, \
         submitted at, date submitted, start date",
    ),
    (
        Comment,
        "commentaire, commentaires, verbatim, remarque, remarques, avis, observation, observations, \
         suggestion, suggestions, message, texte, texte libre, comment, comments, feedback, remarks, \
         review, text, notes, free text, description",
    ),
    (Weight, "poids, ponderation, coefficient, coef, poids de redressement, weight, weights, wgt, weighting"),
    (
        Channel,
        "canal, canal de contact, moyen de contact, mode de contact, media, channel, contact channel, \
         source, medium",
    ),
];

/// Names of scores whose scale the values tell.
pub(super) const SCORES: &str = "note, notes globale, note globale, score, satisfaction, satisfaction globale, csat, ces, effort, \
    evaluation, rating, grade, stars, etoiles, overall satisfaction, satisfaction score, customer effort";

/// Words that suggest a column when they begin a word of a longer name; the first found counts.
pub(super) const HINTS: &[(ColumnKind, &str)] = &[
    (BirthDate, "date de naissance, naissance, birth"),
    (Date, "date"),
    (Email, "courriel, email, e mail, mail"),
    (Mobile, "portable, mobile, cellulaire"),
    (Phone, "telephone, phone, tel"),
    (PostalCode, "code postal, postcode, postal code, zip"),
    (Consent, "consentement, consent, opt in"),
    (Score0To10, "recommand, recommend, nps"),
    (Comment, "commentaire, comment, remarque, pourquoi, why"),
    (GivenName, "prenom, first name"),
    (FamilyName, "nom de famille, last name"),
    (Organisation, "raison sociale, entreprise, societe, company"),
    (ExternalNumber, "numero client, id client, customer id, identifiant"),
    (City, "ville, city"),
    (Country, "pays, country"),
    (Site, "agence, magasin, store, branch"),
    (Language, "langue, language"),
    (Channel, "canal, channel"),
    (Weight, "poids, weight"),
    (Street, "adresse, address"),
];

/// Yes and no.
pub(super) const CONSENTS: &str = "oui, non, yes, no, true, false, vrai, faux, o, n, y, 0, 1, x, ok, accepte, refuse, opt in, opt out, \
    granted, denied, on, off";

/// Languages.
pub(super) const LANGUAGES: &str = "fr, en, de, nl, it, es, pt, fr fr, fr ca, fr be, fr ch, en gb, en us, en ca, nl be, de ch, it ch, \
    francais, anglais, allemand, neerlandais, italien, espagnol, portugais, french, english, german, dutch, \
    italian, spanish, portuguese, fra, fre, eng, deu, nld, ita, spa, por";

/// Countries most met by users of the program.
pub(super) const COUNTRIES: &str = "fr, france, fra, be, belgique, belgium, bel, ch, suisse, switzerland, che, ca, canada, can, lu, \
    luxembourg, mc, monaco, de, allemagne, germany, es, espagne, spain, it, italie, italy, gb, uk, royaume \
    uni, united kingdom, us, usa, etats unis, united states, nl, pays bas, netherlands, pt, portugal, ma, \
    maroc, morocco, dz, algerie, algeria, tn, tunisie, tunisia, sn, senegal, ci, cote d ivoire, ie, irlande, \
    ireland, at, autriche, austria, au, australia, australie";

/// Ways of contact.
pub(super) const CHANNELS: &str = "email, e mail, mail, courriel, telephone, phone, appel, call, sms, web, site web, website, site \
    internet, internet, en ligne, online, courrier, letter, post, boutique, magasin, store, agence, guichet, \
    counter, branch, chat, reseaux sociaux, social, facebook, whatsapp, application, app, borne, kiosk, qr, \
    face a face, in person, visite, referral, postal mail, fax, web referral";

/// Legal forms that end or begin names of organisations.
pub(super) const LEGAL_FORMS: &str = "sarl, sas, sasu, sa, sci, eurl, scop, snc, gie, sprl, srl, asbl, sagl, inc, ltd, llc, ltee, corp, plc, \
    gmbh, ag, cooperative, association, mairie, ville de";
