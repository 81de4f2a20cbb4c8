import-title = Imports
import-help = Les fichiers déposés, ce que leurs lignes sont devenues, et de quoi les défaire.
import-new = Importer un fichier
import-new-help = CSV ou Excel. Rien n’est écrit avant votre accord ; tout import se défait pendant 30 jours.
import-none = Aucun import
import-none-help = Déposez un fichier CSV ou Excel : les colonnes sont reconnues, et vous vérifiez avant que rien ne soit écrit.
import-file = Fichier
import-kind = Contenu
import-when = Déposé
import-lines = Lignes
import-line = Ligne
import-state = État
import-result = Résultat
import-outcome =
    { $created ->
        [one] { $created } créée
       *[other] { $created } créées
    }, { $updated ->
        [one] { $updated } complétée
       *[other] { $updated } complétées
    }, { $rejected ->
        [one] { $rejected } refusée
       *[other] { $rejected } refusées
    }
import-next = Suite
import-cancel = Annuler
import-phase-draft = À vérifier
import-phase-rehearsing = Essai en cours
import-phase-running = En cours
import-phase-stopped = Arrêté
import-phase-done = Fini
import-phase-undoing = Se défait
import-phase-undostopped = Défait en partie
import-phase-undone = Défait

import-kind-customers = Clients
import-kind-customers-help = Personnes et organisations, une par ligne, prospects compris.
import-what = Que contient le fichier ?
import-drop = Déposez le fichier ici, ou choisissez-le
import-drop-hint = CSV, TSV, TXT ou XLSX, compressé ou non, jusqu’à { $megabytes } Mo.
import-sending = Envoi du fichier
import-read = Lire le fichier
import-stages = Étapes
import-stage-file = 1. Fichier
import-stage-mapping = 2. Correspondances
import-stage-dry-run = 3. Essai
import-stage-run = 4. Import
import-stage-report = 5. Compte rendu

import-draft-title = Importer { $name }
import-draft-help = { $rows ->
    [1] Une ligne
   *[other] { $rows } lignes
}, { $columns ->
    [1] une colonne
   *[other] { $columns } colonnes
}, { $format }. Rien n’est écrit avant votre accord.
import-format-text = séparateur : { $delimiter }, encodage { $encoding }
import-format-sheet = feuille « { $sheet } »
import-dry-run = Essayer sans rien écrire
import-run = Importer
import-where = Chaque colonne va où ?
import-settled = { $n } sur { $total } reprises
import-remember = Retenir ces choix pour ce fichier
import-column = Colonne
import-examples = Exemples
import-field = Champ de Bocal
import-field-of = Champ pour la colonne { $column }
import-reading = Lecture
import-empty-cell = vide
import-not-taken = Ne pas importer
import-tag-sure = Sûr
import-tag-probable = Probable
import-tag-chosen = Choisi
import-tag-off = Laissée de côté
import-tag-undecided = À décider
import-tag-dates-mixed = 2 formats de date
import-tag-short-years = Années à 2 chiffres
import-tag-consent-unread = Valeurs à vérifier
import-tag-sites = { $count ->
    [1] 1 site reconnu
   *[other] { $count } sites reconnus
}
import-tag-sites-unknown = { $count ->
    [1] 1 site inconnu
   *[other] { $count } sites inconnus
}
import-tag-sites-many = Trop de valeurs
import-options = Ce qu’il faut décider
import-save = Enregistrer et voir l’aperçu
import-decide = Décider
import-decision-missing = Une décision manque
import-consent-empty-detail = { $column } : { $count ->
    [1] une case est vide
   *[other] { $count } cases sont vides
}. Dites ce que veut dire une case vide.
import-consent-unread = Des consentements ne se lisent pas
import-consent-unread-detail = { $column } : seuls oui, non, O, N, 1 et 0 se comprennent. Les lignes avec une autre valeur seront refusées : { $values }
import-dates-mixed = Deux formats de date
import-dates-mixed-detail = { $column } : certaines dates commencent par le jour, d’autres par le mois. Dites lequel vient d’abord ; les dates impossibles seront refusées.
import-short-years = Années à deux chiffres
import-short-years-detail = { $column } : { $count ->
    [1] une date comme 17/11/76 sera lue 1976.
   *[other] { $count } dates comme 17/11/76 seront lues 1976.
}
import-sites-unknown = Des sites ne sont pas reconnus
import-sites-unknown-detail = { $count ->
    [1] Cette valeur n’est ni le code ni le nom d’un de vos sites :
   *[other] Ces { $count } valeurs ne sont ni le code ni le nom d’un de vos sites :
} { $values }
import-sites-many = Cette colonne ne ressemble pas à des sites
import-sites-many-detail = { $column } contient plus de cent valeurs différentes. Vérifiez qu’il s’agit bien du site.
import-bad-rows = Des lignes ne se lisent pas
import-bad-rows-detail = { $count ->
    [1] Une ligne ne peut pas être reprise ; le compte rendu dira pourquoi.
   *[other] { $count } lignes ne peuvent pas être reprises ; le compte rendu dira pourquoi.
}
import-read-so = Remarque de lecture
import-aside = { $count ->
    [1] Une colonne est laissée de côté
   *[other] { $count } colonnes sont laissées de côté
}
import-preview = Aperçu de la ligne { $line }
import-preview-rejected = Cette ligne serait refusée
import-preview-previous = Précédente
import-preview-next = Suivante
import-how-read = Comment le fichier est lu
import-how-read-help = Si les exemples ci-dessus sont illisibles ou mal découpés, changez la lecture.
import-delimiter = Séparateur
import-encoding = Encodage
import-sheet = Feuille
import-header = Première ligne
import-header-yes = Titres des colonnes
import-header-no = Données
import-reading-found = Reconnu : { $value }
import-read-anew = Relire le fichier
import-read-again = Le fichier a été relu.
import-discard = Abandonner ce fichier
import-discarded = Le fichier est abandonné, rien n’a été écrit.

import-date-order = Ordre des dates
import-date-order-found = Comme trouvé dans la colonne
import-date-order-day = Jour, mois, année
import-date-order-month = Mois, jour, année
import-date-order-year = Année, mois, jour
import-date-order-excel = Nombre de jours d’Excel

import-customers-full-name = Nom complet
import-customers-duplicates = Si le client est déjà connu
import-customers-duplicates-hint = Reconnu à son numéro, à son e-mail avec le même nom, ou à son téléphone avec les mêmes nom et prénom.
import-customers-duplicates-update = Compléter sa fiche
import-customers-duplicates-skip = Ne pas y toucher
import-customers-duplicates-create = Créer une autre fiche
import-customers-role = Rôle des nouveaux clients
import-customers-site = Site des nouveaux clients
import-customers-site-none = Aucun, ou celui de la colonne
import-customers-unknown-sites = Site inconnu
import-customers-unknown-sites-reject = Refuser la ligne
import-customers-unknown-sites-none = Laisser le site vide
import-customers-empty-consent = Consentement : case vide
import-customers-empty-consent-undecided = À décider
import-customers-empty-consent-nothing = Vide = rien noté
import-customers-empty-consent-refusal = Vide = refus
import-customers-number-rows = Numéroter les lignes sans identifiant
import-customers-number-rows-hint = Le numéro de client devient le nom du fichier et le numéro de la ligne ; il sert de nom à qui n’en a pas.
import-customers-nameless = Ce fichier ne nomme personne
import-customers-nameless-detail = Aucune colonne ne donne un nom, une organisation, un e-mail ou un numéro. Indiquez-en une, ou cochez « Numéroter les lignes sans identifiant ».
import-customers-known = Déjà connu
import-customers-skipped = Client déjà connu, laissé tel quel.
import-customers-error-nameless = Il faut un nom, une organisation, un e-mail ou un numéro.
import-customers-error-birth = Cette date n’existe pas ou ne se lit pas dans l’ordre choisi.
import-customers-error-kind = Ni personne, ni organisation.
import-customers-error-role = Ni prospect, ni client, ni ancien client.
import-customers-error-channel = Ce canal n’est pas connu.
import-customers-error-language = Cette langue n’est pas connue.
import-customers-error-site = Ce site n’existe pas ou n’est pas le vôtre.
import-customers-error-consent = Ni oui, ni non.

import-dry-run-result = Ce que donnerait l’import
import-dry-run-nothing = rien n’a été écrit
import-would = Les lignes seraient
import-would-be = Deviendrait
import-would-created = { $n ->
    [1] Créée
   *[other] Créées
}
import-would-updated = { $n ->
    [1] Complétée
   *[other] Complétées
}
import-would-unchanged = { $n ->
    [1] Inchangée
   *[other] Inchangées
}
import-would-skipped = { $n ->
    [1] Laissée de côté
   *[other] Laissées de côté
}
import-would-rejected = { $n ->
    [1] Refusée
   *[other] Refusées
}
import-share = Part
import-total = Total
import-reasons = Pourquoi des lignes sont refusées ou laissées de côté
import-reason = Motif
import-reason-field = { $field }. { $reason }
import-first-lines = Premières lignes
import-first-line = Première ligne

import-job-dry-run = Essai de { $name }
import-job-run = Import de { $name }
import-job-undo = Retour en arrière de { $name }
job-import-customers = Import de clients
import-stopping = L’import s’arrête ; ce qui est fait reste fait.
import-stopped = L’import est arrêté
import-stopped-help = Ce qui est fait reste fait. Vous pouvez reprendre à la ligne suivante : aucune ne sera écrite deux fois.
import-resume = Reprendre
import-refresh = Actualiser la page

import-report-title = Import de { $name }
import-report-help = { $kind }, par { $who }, le { $when }.
import-report = Compte rendu
import-ended = fini le { $when }, en { $took }
import-ended-at-once = fini le { $when }, en moins d’une seconde
import-see-result = Voir ce qui a été importé
import-see-rows = Voir les lignes
import-became = Ce que les lignes sont devenues
import-became-created = { $n ->
    [1] Créée
   *[other] Créées
}
import-became-created-note = nouvelle fiche
import-became-updated = { $n ->
    [1] Complétée
   *[other] Complétées
}
import-became-updated-note = déjà connu, au moins un champ changé
import-became-unchanged = { $n ->
    [1] Inchangée
   *[other] Inchangées
}
import-became-unchanged-note = déjà connu, rien de neuf
import-became-skipped = { $n ->
    [1] Laissée de côté
   *[other] Laissées de côté
}
import-became-skipped-note = comme demandé
import-became-rejected = { $n ->
    [1] Refusée
   *[other] Refusées
}
import-became-rejected-note = à corriger
import-left = Non traitées
import-left-note = pas encore, ou l’import a été arrêté
import-and-now = Et maintenant
import-total-equal = Total, égal au fichier
import-none-lost = Aucune ligne perdue
import-rejected-download = { $n ->
    [1] La ligne refusée
   *[other] Les { $n } lignes refusées
}
import-rejected-file = refusees
import-undo = Défaire l’import
import-undo-until = Se défait jusqu’au { $day }
import-undone = L’import est défait
import-undone-detail = { $when } : { $removed ->
    [0] aucune fiche retirée
    [1] une fiche retirée
   *[other] { $removed } fiches retirées
}, { $restored ->
    [0] aucune remise comme avant
    [1] une remise comme avant
   *[other] { $restored } remises comme avant
}, { $kept ->
    [0] aucune gardée.
    [1] une gardée, car modifiée depuis.
   *[other] { $kept } gardées, car modifiées depuis.
}
import-kept-changed = Gardé : quelqu’un l’a modifié depuis.
import-kept-attached = Gardé : des contacts, des achats ou des réponses y sont attachés.
import-row-removed = Retiré.
import-row-restored = Remis comme avant.
import-row-kept = Gardé.
import-rows = Lignes
import-rows-title = Lignes de { $name }
import-rows-help = Chaque ligne du fichier, ce qu’elle est devenue et pourquoi.
import-rows-all = Toutes
import-rows-none = Aucune ligne
import-rows-none-help = Aucune ligne du fichier n’est devenue cela. Choisissez une autre catégorie.
import-subject = Fiche ou contenu

import-bad-too-many-cells = Plus de cellules que de colonnes : un séparateur se trouve sans doute dans un texte sans guillemets.
import-bad-nul-character = La ligne contient un caractère nul, qu’aucun texte ne contient.
import-bad-broken-quote = Un guillemet est ouvert et mal fermé.

import-error-kind = Choisissez ce que contient le fichier.
import-error-no-file = Choisissez un fichier.
import-error-row = Cette ligne ne peut pas être reprise.
import-error-field = Le champ « { $field } » n’existe pas.
import-error-field-twice = Le champ « { $field } » est déjà donné à une autre colonne.
import-error-column = Le fichier n’a pas de colonne « { $column } ».
import-error-option = Le réglage « { $option } » n’existe pas.
import-error-option-value = Choisissez une valeur de la liste.
import-error-outcome = Choisissez une catégorie de la liste.
import-error-outcome-api = Choisissez created, updated, unchanged, skipped ou rejected.
import-error-undecided = Une décision manque avant d’importer.
import-error-started = Cet import a déjà commencé.
import-error-not-started = Cet import n’a pas commencé : il n’y a rien à défaire.
import-error-not-stopped = Cet import n’est pas arrêté.
import-error-undo-running = Arrêtez d’abord l’import, ou attendez sa fin.
import-error-undone = Cet import est déjà défait.
import-error-busy = Un travail est en cours sur cet import. Attendez sa fin ou arrêtez-le.
import-error-too-old = Cet import a plus de 30 jours : le fichier n’est plus gardé.

event-import-created = Fichier déposé
event-import-started = Import commencé
event-import-batch = Lignes importées
event-import-ended = Import fini
event-import-undone = Import défait
event-import-discarded = Fichier abandonné
event-customer-removed = Client retiré
import-cli-lines = ({ $n } lignes ; les premières : { $lines })
import-no-day = Aucune date, ni dans la ligne ni dans les réglages.
import-bad-day = « { $value } » n’est pas une date.
import-future-day = « { $value } » est dans l’avenir.
import-bad-site = Aucun de vos sites ne s’appelle « { $value } ».
import-doubtful = Jour et mois à vérifier
import-doubtful-detail = Rien dans la colonne ne prouve lequel vient d’abord. Choisissez l’ordre des dates.
import-mixed = Dates écrites dans deux ordres
import-mixed-detail = La plupart suivent le même ordre ; celles qui n’ont de sens que dans l’autre seront lues ainsi. Choisissez l’ordre pour les refuser plutôt.
import-doubtful-tag = Ordre à vérifier
