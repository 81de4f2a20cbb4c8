case-nav = Suivis
case-help = Les clients déçus à rappeler, à réparer, à informer.
case-views = Parties de la file
case-view-mine = Les miens
case-view-free = À prendre
case-view-late = En retard
case-view-open = Tous les ouverts
case-view-closed = Clos
case-view-all = Tous
case-by-reference = Référence, client ou mot
case-site = Site
case-any-site = tous les sites
case-site-of-customer = Celui du client
case-site-choose = Choisissez le site
case-cause = Cause
case-any-cause = toutes les causes
case-any-owner = tous les responsables
case-any-severity = toutes les gravités
case-count =
    { $n ->
        [1] suivi ouvert
       *[other] suivis ouverts
    }
case-write-again = Appeler ou écrire encore
case-more-than = plus de { $n }
case-and-more = { $n } +
case-cause-unknown = Pas encore trouvée
case-cause-none = Aucune cause trouvée
case-cause-correct = Corriger la cause
case-no-cause = Cause introuvable
case-no-cause-why = Si aucune cause n’a été trouvée, dites pourquoi
case-apply = Appliquer
case-clear = Tout montrer
case-export = Exporter
case-file = suivis
case-file-without-names = suivis-sans-noms
case-export-without-names = L’export part sans les noms ni les mots des clients : votre rôle ne les exporte pas.
case-due = Échéance
case-case = Suivi
case-next = Étape suivante
case-owner = Responsable
case-nobody = personne
case-more = Suivants
case-less = Précédents
case-total =
    { $n ->
        [0] Aucun suivi.
        [1] Un suivi.
       *[other] { $n } suivis.
    }
case-sort = Trier
case-sort-due = par échéance
case-sort-closed = du dernier clos
case-sort-latest = du plus récent
case-sort-oldest = du plus ancien
case-sorted-due = Trié par échéance, les dangers d’abord.
case-sorted-closed = Trié du dernier clos au premier.
case-sorted-latest = Trié du plus récent au plus ancien.
case-sorted-oldest = Trié du plus ancien au plus récent.
case-opened-between = ouverts du { $from } au { $to }
case-opened-from = ouverts depuis le { $from }
case-opened-to = ouverts jusqu’au { $to }
case-chosen-one = {"{n}"} suivi choisi
case-chosen-other = {"{n}"} suivis choisis
case-chosen-some = Les suivis choisis
case-chosen-all = Choisir toute la page
case-chosen-row = Choisir : { $title }
case-chosen-take = Les prendre
case-chosen-clear = Ne rien choisir
case-chosen-none = Choisissez d’abord des suivis.
case-chosen-taken =
    { $n ->
        [1] Un suivi est à vous.
       *[other] { $n } suivis sont à vous.
    } { $left ->
        [0] {""}
        [1] Un autre ne pouvait pas être pris.
       *[other] { $left } autres ne pouvaient pas être pris.
    }
case-chosen-handed =
    { $n ->
        [1] Un suivi confié.
       *[other] { $n } suivis confiés.
    } { $left ->
        [0] {""}
        [1] Un autre ne pouvait pas l’être.
       *[other] { $left } autres ne pouvaient pas l’être.
    }
case-chosen-left =
    { $n ->
        [1] Ce suivi ne peut pas être pris ni confié ainsi : quelqu’un l’a peut-être pris, clos ou confié entre-temps.
       *[other] Aucun de ces { $n } suivis ne peut être pris ni confié ainsi : quelqu’un les a peut-être pris, clos ou confiés entre-temps.
    }
case-error-too-many = C’est trop à la fois : choisissez au plus une page de suivis.
case-group-late = Dépassé
case-group-danger = Santé ou sécurité
case-group-today = Aujourd’hui
case-group-tomorrow = Demain
case-group-week = Cette semaine
case-group-next-week = La semaine prochaine
case-group-later = Plus tard
case-group-told = À clore
case-none = Aucun suivi
case-none-help = Une réponse mécontente dont l’auteur accepte d’être rappelé en ouvre un. Vous pouvez aussi en ouvrir un depuis la fiche d’un client.
case-none-mine = Aucun suivi ne vous est confié
case-none-mine-help =
    { $n ->
        [1] Un suivi attend que quelqu’un le prenne.
       *[other] Il reste { $n } suivis à prendre.
    }
case-see-free = Voir ceux à prendre
case-none-found = Aucun suivi ne correspond
case-none-found-help = Élargissez le choix, ou regardez tous les suivis.
case-somebody = Quelqu’un d’inconnu
case-closed-on = Clos le { $day }
case-told-on = Client informé le { $day }
case-open-one = Ouvrir un suivi
case-open-for = Ouvrir un suivi pour { $name }
case-open-help = Ce que le client a dit, dans ses mots, puis de quoi il s’agit dans les vôtres. L’échéance démarre aussitôt.
case-open-from-sheet = Pour un client connu, ouvrez le suivi depuis sa fiche.
case-open-find = Chercher un client
case-open-do = Ouvrir le suivi
case-known = Est-ce cette personne ?
case-known-for = Ouvrir pour { $name }
case-known-nobody = C’est quelqu’un d’autre
case-open-already = Déjà ouvert pour ce client :
case-opened = Suivi { $reference } ouvert.
case-task-open = Ouvrir un suivi
case-cancel = Annuler
case-title = De quoi il s’agit
case-title-no-words = Avis négatif sans commentaire
case-words = Ce que le client a dit
case-words-hint = Tel quel, sans le corriger.
case-said-by = Comment il l’a dit
case-no-words = Le client n’a rien écrit.
case-words-erased = Ce client a été effacé, et ses mots avec lui.
case-reach = Où joindre cette personne
case-reach-hint = Un numéro ou une adresse e-mail, si ce n’est pas un client connu.
case-severity = Gravité
case-severity-minor = Gêne
case-severity-major = Vrai préjudice
case-severity-critical = Santé ou sécurité
case-remedy = Réparation
case-remedy-none = Pas encore décidée
case-remedy-nothing = Aucune
case-remedy-choose = Choisissez la réparation
case-remedy-apology = Excuses
case-remedy-explanation = Explication
case-remedy-refund = Remboursement
case-remedy-voucher = Bon d’achat
case-remedy-replacement = Remplacement
case-remedy-repair = Réparation du produit
case-cost = Coût de la réparation
case-cost-hint = Par exemple 12,50. Vide : gratuit.
case-origin = Ouvert par
case-origin-answer = une réponse à une enquête
case-origin-hand = un collègue
case-origin-api = un programme
case-origin-import = un fichier
case-refusal = Contact refusé
case-about = Dossier
case-what = Le suivi
case-save = Enregistrer
case-saved = Suivi enregistré.
case-saved-by = Version enregistrée par { $name }, { $when }
case-draft = Votre saisie non enregistrée a été reprise.
case-draft-forget = L’effacer
case-yes = oui
case-no = non
case-nothing = rien
case-change = { $field } : { $from } → { $to }
case-change-to = { $field } : { $to }
case-score-nps = { $score } sur 10 à la recommandation
case-score-csat = { $score } sur 5 en satisfaction
case-score-ces2 = { $score } sur 7 en facilité
case-see-answer = voir la réponse
case-is-closed = Clos
case-is-late = En retard
case-is-soon = Bientôt dû
case-is-danger = Danger
case-is-told = Client informé
case-was-reopened =
    { $n ->
        [1] Rouvert
       *[other] Rouvert { $n } fois
    }
case-carried-by = confié à { $name }
case-carried-by-you = confié à vous
case-carried-by-nobody = sans responsable
case-deadlines = Échéances
case-phase-contact = pour le premier contact
case-phase-answer = pour réparer et répondre
case-phase-over = rien n’est dû
case-clock-said = { $used } du délai écoulé, dû le { $due }.
case-nothing-due = Plus rien n’est dû
case-wants-none = Ne veut pas être contacté
case-nothing-due-none = Le client ne veut pas être contacté : le suivi peut être clos.
case-nothing-due-help = Le client a été informé : le suivi peut être clos.
case-due-on = dû le { $when }
case-mark-opened = Ouvert
case-mark-contacted = Premier contact
case-mark-told = Client informé
case-mark-closed = Clos
case-next-take = Prendre le suivi
case-next-contact = Joindre le client
case-next-cause = Trouver la cause
case-next-tell = Dire au client ce qui est fait
case-next-close = Clore
case-next-keep = Tenir ce qui a été promis
case-next-nothing = Rien à faire
case-take = Prendre ce suivi
case-taken = Ce suivi est à vous.
case-close = Clore le suivi
case-close-go = Clore…
case-close-title = Clore le suivi
case-close-help = Pour que la cause puisse être corrigée, dites ce qui s’est passé et ce qui a été fait pour le client.
case-closed = Suivi clos.
case-reply = Répondre
case-up-next = Suivi suivant
case-note-attempt = Noter un contact
case-promise = Promesse faite au client
case-promises = Promis aux clients
case-promise-for = Promis pour { $day }
case-promise-today = Promis pour aujourd’hui
case-promise-late = Promesse en retard : c’était pour { $day }
case-promise-is-today = aujourd’hui
case-promise-was-for = en retard : { $day }
case-promise-keep = C’est fait
case-promise-kept = Promesse tenue.
case-promised-for = promis pour le { $day }
case-attempt = Joindre le client
case-outcome = Résultat
case-outcome-reached = Joint
case-outcome-told = Joint et informé
case-outcome-not-reached = Pas joint
case-outcome-wrong-number = Mauvais numéro
case-outcome-refused = Ne veut pas être contacté
case-channel = Canal
case-attempt-note = Ce qui s’est dit
case-attempt-note-hint = Informé : il sait ce qui est fait pour lui, le suivi peut être clos. S’il ne veut pas être contacté, notez pourquoi.
case-attempt-save = Noter
case-attempt-noted = Contact noté.
case-tell = Noter que le client a été informé autrement
case-tell-help = Par téléphone, au guichet, par courrier : ce qui a été dit, pour que le suivi puisse être clos.
case-tell-what = Ce qui lui a été dit
case-tell-save = Le client est informé
case-told = Client noté comme informé.
case-extend = Prolonger le délai
case-extend-help = Le client en apprend la raison. Par e-mail, elle lui est envoyée aussitôt ; sinon, dites-la-lui d’abord.
case-extend-until = Répondre au plus tard le
case-extend-reason = La raison, telle que dite au client
case-extend-channel = Comment il l’apprend
case-extend-do = Prolonger
case-extended = Délai prolongé, client prévenu.
case-hand-over = Confier à…
case-hand-over-to = À qui
case-hand-over-team = À l’équipe : quelqu’un le prendra
case-hand-over-note = Ce qu’il faut savoir
case-hand-over-do = Confier
case-handed-over = Suivi confié.
case-note = Ajouter une note pour les collègues
case-note-text = Note
case-note-save = Ajouter la note
case-noted = Note ajoutée.
case-reopen = Rouvrir le suivi
case-reopen-reason = Pourquoi
case-reopen-do = Rouvrir
case-reopened = Suivi rouvert : l’échéance repart.
case-history = Ce qui s’est passé
case-conflict = Quelqu’un a enregistré ce suivi entre-temps
case-conflict-help = Vous avez tous deux changé ces champs. Gardez une version pour chacun : le reste de votre saisie et de la leur est conservé.
case-theirs = Leur version
case-ours = Votre version
case-conflict-save = Enregistrer ces choix
case-step-opened = Suivi ouvert
case-step-again = Le client en dit plus
case-step-taken = Suivi pris
case-step-handed-over = Confié à { $name }
case-step-handed-back = Rendu à l’équipe
case-step-noted = Note
case-step-changed = Suivi modifié
case-step-replied = Lettre envoyée
case-step-not-delivered = La lettre n’est pas arrivée
case-step-told = Client informé
case-step-extended = Délai prolongé au { $when }
case-step-alerted = { $percent } % du délai écoulé
case-step-closed = Suivi clos
case-step-reopened = Suivi rouvert
case-step-owner-left = { $name } ne travaille plus ici : suivi rendu à l’équipe
case-step-danger = Danger : les responsables sont prévenus
case-step-left = Lettre partie
case-step-kept = Promesse du { $day } tenue
case-step-taken-back = Contact annulé : noté par erreur
case-step-rescheduled = Le calendrier a changé : échéance au { $when }
case-step-imported = Suivi importé
case-take-back = Annuler ce contact, noté par erreur
case-taken-back = Contact annulé : le suivi est comme avant.
case-of-customer = Ses autres suivis
case-error-taken-back = Ce contact ne peut plus être annulé : autre chose a suivi. Ajoutez une note.
case-home-title = À faire : vos suivis
case-home-news = Depuis hier
case-home-none = Aucun suivi ouvert. Tout le monde a été rappelé.
case-home-not-mine = Aucun ne vous est confié : voici les plus urgents.
case-home-all = Voir la file
case-home-free =
    { $n ->
        [0] rien à prendre
        [1] un à prendre
       *[other] { $n } à prendre
    }
case-home-late =
    { $n ->
        [1] un en retard
       *[other] { $n } en retard
    }
case-news-opened = Suivis ouverts
case-news-told = Clients informés
case-news-closed = Suivis clos
case-news-late = En retard maintenant
case-sheet-title = Suivis
case-sheet-none = Aucun suivi.
case-standing-in-time = premier contact à temps
case-standing-too-late = premier contact en retard
case-standing-contacted = contactés
case-standing-closed = clos
case-standing-contact-due = premier contact dû
case-standing-month-old = ouverts depuis 30 jours ou plus
case-standing-untold = pas informés sous 30 jours
case-standing-caused = cause notée
case-standing-costly = avec un coût
case-handed-subject = Confié à vous : { $reference }, { $name }
case-handed-by = { $name } vous a confié ce suivi.
case-handed-note = À savoir : { $note }
case-handed-due = Échéance : { $due }.
case-handed-several-subject = { $n } suivis vous sont confiés
case-handed-several = { $name } vous a confié { $n } suivis :
case-news-handed = Confiés à vous
case-alert-half-subject = À mi-délai : { $reference }, { $name }
case-alert-soon-subject = Bientôt dû : { $reference }, { $name }
case-alert-late-subject = En retard : { $reference }, { $name }
case-alert-danger-subject = Santé ou sécurité : { $reference }, { $name }
case-alert-half = La moitié du délai est passée : ce suivi est dû le { $due }.
case-alert-soon = Ce suivi est bientôt dû : { $due }.
case-alert-late = Ce suivi est en retard : il était dû le { $due }.
case-alert-danger = Santé ou sécurité de quelqu’un : ce suivi passe avant tout. Premier contact ou réponse au plus tard le { $due }.
case-alert-who = Client : { $name }
case-alert-open = Ouvrir le suivi
case-rules-title = Règles des suivis
case-rules-usual = Ce sont les valeurs d’usage ; personne ne les a changées.
case-rules-since = Décidées par { $name }, { $when }. L’échéance qui court garde ses règles ; la suivante, après le premier contact, prend celles-ci.
case-rules-time = Délais
case-rules-contact = Heures jusqu’au premier contact
case-rules-contact-hint = D’usage : 24 à 48 heures.
case-rules-answer = Heures jusqu’à la réponse
case-rules-answer-hint = Réparer et informer le client. 240 heures font dix jours ouverts.
case-rules-counting = Comment compter
case-rules-danger = Santé ou sécurité
case-rules-danger-help = Ces suivis passent avant tous les autres : les responsables sont prévenus par e-mail dès l’ouverture, et le délai se compte toujours en heures d’ouverture.
case-rules-danger-contact = Heures d’ouverture jusqu’au premier contact
case-rules-danger-contact-hint = D’usage : 4 heures.
case-rules-danger-answer = Heures d’ouverture jusqu’à la réponse
case-rules-danger-answer-hint = 16 heures font environ deux jours.
case-rules-extending = Prolongations
case-rules-extensions = Prolongations au plus
case-rules-extensions-hint = 0 : le délai ne se prolonge pas. Seuls la personne qui porte le suivi et les responsables prolongent.
case-rules-extended = Délai prolongé, au plus tant de fois le délai de réponse
case-rules-extended-hint = 2 : une réponse due en dix jours peut en prendre vingt.
case-rules-mail = E-mails d’alerte
case-rules-mail-half = À la moitié du délai, à la personne qui porte le suivi
case-rules-mail-soon = À 80 % du délai, à la personne qui porte le suivi
case-rules-mail-late = À l’échéance, à elle et aux responsables
case-rules-open = Ce qui ouvre un suivi
case-rules-nps = Recommandation, de 0 à cette note
case-rules-nps-hint = 6 : les détracteurs. −1 : aucune.
case-rules-csat = Satisfaction, de 1 à cette note
case-rules-csat-hint = Sur 5. 0 : aucune.
case-rules-ces2 = Facilité, de 1 à cette note
case-rules-ces2-hint = Sur 7, 7 étant très facile. 0 : aucune.
case-rules-saved = Règles enregistrées.
case-rules-error-number = Donnez un nombre entier de { $from } à { $to }.
case-rules-error-order = La réponse vient après le premier contact : donnez au moins autant d’heures.
case-error-origin = Origine inconnue.
case-error-severity = Choisissez la gravité.
case-error-severity-api = La gravité est minor, major ou critical.
case-error-remedy = Choisissez la réparation.
case-error-remedy-api = La réparation est none, apology, explanation, refund, voucher, replacement ou repair.
case-error-outcome = Dites si le client a été joint.
case-error-outcome-api = Le résultat est reached, not_reached, wrong_number ou refused.
case-error-phase = Phase inconnue.
case-error-standing = Il n’y a pas de tel critère. Choisissez parmi { $names }.
case-no-clock = plus de délai
case-error-view = Cette partie de la file n’existe pas.
case-error-view-api = view est open, free, late, closed ou all.
case-error-channel = Choisissez le canal.
case-error-channel-api = Le canal est phone, mail, counter, letter ou visit.
case-error-title-control = Le titre tient sur une ligne : enlevez les retours à la ligne.
case-error-title = Dites en quelques mots de quoi il s’agit.
case-error-long = C’est trop long : { $most } caractères au plus.
case-error-who = Dites pour quel client, ou où joindre cette personne.
case-error-reach = Donnez un numéro de téléphone ou une adresse e-mail.
case-error-known = Un client connu est joint ainsi : choisissez-le ci-dessous, ou dites que c’est quelqu’un d’autre.
case-error-said-by = Dites comment le client l’a dit.
case-error-said-by-api = channel est phone, counter, mail, letter, visit ou web.
case-error-site-missing = Dites quel site est concerné.
case-error-customer = Ce client n’existe pas, ou n’est pas à votre portée.
case-error-cause = Cette cause n’existe pas.
case-error-site = Ce site n’existe pas, ou n’est pas à votre portée.
case-error-team = Cette équipe n’existe pas.
case-error-cost = Ce montant n’est pas lisible : écrivez par exemple 12,50.
case-error-closed = Ce suivi est clos. Rouvrez-le pour y travailler ; seule sa cause peut encore être corrigée.
case-error-closed-but-cause = Ce suivi est clos : seule sa cause peut être corrigée. Rouvrez-le pour changer le reste.
case-error-closing-cause = Choisissez la cause, ou dites pourquoi aucune n’a été trouvée.
case-error-closing-both = Une cause est choisie : laissez ce champ vide, ou retirez la cause.
case-error-closing-remedy = Dites ce qui a été fait pour le client, ou « Aucune ».
case-error-closing-remedy-api = Dites remedy : none, apology, explanation, refund, voucher, replacement ou repair.
case-error-no-promise = Aucune promesse n’attend sur ce suivi.
case-error-open = Ce suivi est déjà ouvert.
case-error-untold = Un suivi se clôt quand le client a été informé, ou qu’il a refusé d’être contacté.
case-error-not-a-person = Seul un collègue peut porter un suivi : donnez-le à quelqu’un.
case-error-taken = { $name } a déjà pris ce suivi.
case-error-colleague = Cette personne ne peut pas porter ce suivi.
case-error-same-owner = C’est déjà cette personne qui le porte.
case-error-ground = Notez pourquoi le client ne veut pas être contacté.
case-error-note = La note est vide.
case-error-told = Notez ce qui a été dit au client.
case-error-until = Choisissez un jour où l’on travaille, après l’échéance actuelle.
case-error-too-far = C’est trop loin : au plus tard { $day }. Les règles des suivis fixent cette limite.
case-error-extend-who = Le délai est prolongé par la personne qui porte le suivi, ou par un responsable.
case-error-extended-enough =
    { $most ->
        [0] Le délai ne se prolonge pas : ainsi le veulent les règles des suivis.
        [1] Le délai a déjà été prolongé une fois : c’est la limite.
       *[other] Le délai a déjà été prolongé { $most } fois : c’est la limite.
    }
case-error-reason = Donnez la raison, telle qu’elle est dite au client.
case-error-nothing-due = Plus rien n’est dû sur ce suivi : il n’y a pas de délai à prolonger.
case-error-reopen = Dites pourquoi le suivi est rouvert.
case-csv-reference = Référence
case-csv-customer = Client
case-csv-number = Numéro du client
case-csv-team = Équipe
case-csv-measure = Mesure
case-csv-score = Note
case-csv-opened = Ouvert le
case-csv-contact-due = Premier contact dû le
case-csv-contacted = Premier contact le
case-csv-told = Client informé le
case-csv-closed = Clos le
case-csv-due = Échéance en cours
case-csv-kept-back = { $column } (non exporté : votre rôle n’exporte pas les clients)
case-csv-currency = Devise
case-csv-reopened = Réouvertures
event-case-opened = Suivi ouvert
event-case-said-again = Le client en dit plus
event-case-taken = Suivi pris
event-case-handed-over = Suivi confié
event-case-owner-left = Suivi rendu : collègue parti
event-case-danger = Danger signalé
event-case-left = Lettre partie
event-case-promise-kept = Promesse tenue
event-case-attempted = Tentative de contact
event-case-noted = Note sur un suivi
event-case-changed = Suivi modifié
event-case-replied = Lettre envoyée
event-case-not-delivered = Lettre non remise
event-case-told = Client informé
event-case-taken-back = Contact annulé
event-case-extended = Délai prolongé
event-case-alerted = Alerte d’échéance
event-case-escalated = Échéance dépassée
event-case-closed = Suivi clos
event-case-reopened = Suivi rouvert
event-case-rules-decided = Règles des suivis décidées
job-act-alerts = Surveiller les échéances
job-act-danger = Prévenir d’un danger
job-act-clocks = Recalculer les échéances
case-of-erased = Client effacé
case-erased = Le client a été effacé : il n’y a plus personne à informer.
