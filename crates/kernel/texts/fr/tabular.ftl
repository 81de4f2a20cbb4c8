# Lecture des tableaux déposés (CSV, Excel).

## Nom donné à une colonne qui n’en a pas, suivi de son numéro.
tabular-column = Colonne

## Le fichier ne peut pas être lu.
tabular-empty-file = Ce fichier est vide. Déposez un fichier qui contient au moins une ligne.
tabular-header-only = Ce fichier ne contient que les titres des colonnes, sans aucune ligne en dessous.
tabular-file-too-large = Ce fichier dépasse { $limit } Mio. Partagez-le en plusieurs fichiers plus petits.
tabular-inflates-too-much = Une fois décompressé, ce fichier dépasse ce qui est accepté ({ $limit } Mio), ou sa compression est anormale. Déposez-le non compressé ou partagez-le en plusieurs fichiers.
tabular-too-many-columns = Ce fichier a plus de { $limit } colonnes (ligne { $line }). Supprimez les colonnes inutiles, ou vérifiez le séparateur.
tabular-too-many-rows = Ce fichier a plus de { $limit } lignes. Partagez-le en plusieurs fichiers.
tabular-cell-too-large = À partir de la ligne { $line }, une cellule dépasse { $limit } Mio. Il manque sans doute un guillemet fermant à cet endroit.
tabular-broken-quotes = Trop de guillemets sont ouverts sans être fermés, le dernier à la ligne { $line }. Vérifiez le séparateur, ou enregistrez de nouveau le fichier au format CSV.
tabular-truncated = Ce fichier est incomplet : la fin manque. Refaites l’export ou l’envoi, puis déposez-le de nouveau.
tabular-damaged = Ce fichier est abîmé et ne peut pas être lu. Ouvrez-le dans votre tableur, enregistrez-le de nouveau, puis déposez-le.
tabular-protected = Ce classeur est protégé par un mot de passe. Retirez la protection, enregistrez-le, puis déposez-le.
tabular-old-excel = Ce fichier est au format Excel 97-2003 (.xls). Enregistrez-le au format .xlsx ou CSV, puis déposez-le.
tabular-binary-excel = Ce fichier est au format Excel binaire (.xlsb). Enregistrez-le au format .xlsx ou CSV, puis déposez-le.
tabular-open-document = Ce fichier est au format OpenDocument (.ods). Enregistrez-le au format .xlsx ou CSV, puis déposez-le.
tabular-not-a-table = Ce fichier n’est pas un tableau. Déposez un fichier CSV ou Excel (.xlsx).
tabular-no-such-sheet = Ce classeur n’a pas de feuille « { $name } ». Ses feuilles : { $sheets }.
tabular-not-canonical = La copie de travail de ce fichier est abîmée. Déposez le fichier de nouveau.

## Le fichier a été lu, avec des remarques.
tabular-notice-mixed-encodings =
    { $count ->
        [1] Le fichier mélange deux encodages. Une ligne a été lue en { $other } et non en { $used } : ligne { $lines }. Vérifiez ses accents.
       *[other] Le fichier mélange deux encodages. { $count } lignes ont été lues en { $other } et non en { $used } : lignes { $lines }. Vérifiez leurs accents.
    }
tabular-notice-undecodable-bytes =
    { $count ->
        [1] Des caractères illisibles ont été remplacés par « � » à la ligne { $lines }. Vérifiez l’encodage choisi.
       *[other] Des caractères illisibles ont été remplacés par « � » dans { $count } lignes : { $lines }. Vérifiez l’encodage choisi.
    }
tabular-notice-duplicate-columns =
    { $count ->
        [1] Une colonne portait le même nom qu’une autre ; elle s’appelle maintenant { $names }.
       *[other] { $count } colonnes portaient le même nom que d’autres ; elles s’appellent maintenant { $names }.
    }
tabular-notice-unnamed-columns =
    { $count ->
        [1] Une colonne n’avait pas de nom ; elle s’appelle maintenant { $names }.
       *[other] { $count } colonnes n’avaient pas de nom ; elles s’appellent maintenant { $names }.
    }
tabular-notice-short-rows =
    { $count ->
        [1] Une ligne a moins de cellules que de colonnes ; les cellules manquantes sont vides. Ligne { $lines }.
       *[other] { $count } lignes ont moins de cellules que de colonnes ; les cellules manquantes sont vides. Lignes { $lines }.
    }
tabular-notice-empty-rows =
    { $count ->
        [1] Une ligne vide a été laissée de côté.
       *[other] { $count } lignes vides ont été laissées de côté.
    }
tabular-notice-title-skipped =
    { $count ->
        [1] Un titre au-dessus du tableau a été laissé de côté : ligne { $lines }.
       *[other] Des titres au-dessus du tableau ont été laissés de côté : lignes { $lines }.
    }
tabular-notice-other-sheets =
    { $count ->
        [1] Seule la feuille « { $used } » a été lue ; une autre feuille contient des données : { $others }.
       *[other] Seule la feuille « { $used } » a été lue ; d’autres feuilles contiennent des données : { $others }.
    }
tabular-notice-cell-errors =
    { $count ->
        [1] Une cellule contient une erreur de calcul d’Excel, gardée comme texte : ligne { $lines }.
       *[other] { $count } cellules contiennent une erreur de calcul d’Excel, gardée comme texte : lignes { $lines }.
    }

## Une ligne ne peut pas être reprise.
tabular-bad-too-many-cells = Ligne { $line } : { $found } cellules pour { $expected } colonnes. Un séparateur se trouve sans doute dans un texte sans guillemets.
tabular-bad-nul-character = Ligne { $line } : elle contient un caractère nul, qu’aucun texte ne contient.
tabular-bad-broken-quote = Ligne { $line } : un guillemet est ouvert et mal fermé.

## Séparateurs.
tabular-delimiter-semicolon = point-virgule
tabular-delimiter-tab = tabulation
tabular-delimiter-pipe = barre verticale
tabular-delimiter-comma = virgule

## Ce qu’une colonne peut contenir.
tabular-kind-given_name = Prénom
tabular-kind-family_name = Nom de famille
tabular-kind-full_name = Nom complet
tabular-kind-organisation = Organisation
tabular-kind-email = Adresse e-mail
tabular-kind-phone = Téléphone
tabular-kind-mobile = Téléphone mobile
tabular-kind-external_number = Numéro ou identifiant
tabular-kind-birth_date = Date de naissance
tabular-kind-street = Adresse (numéro et rue)
tabular-kind-postal_code = Code postal
tabular-kind-city = Ville
tabular-kind-country = Pays
tabular-kind-site = Site ou agence
tabular-kind-language = Langue
tabular-kind-consent = Consentement
tabular-kind-score_0_10 = Note de 0 à 10
tabular-kind-score_1_5 = Note de 1 à 5
tabular-kind-score_1_7 = Note de 1 à 7
tabular-kind-date = Date
tabular-kind-comment = Commentaire
tabular-kind-weight = Poids de redressement
tabular-kind-channel = Canal
