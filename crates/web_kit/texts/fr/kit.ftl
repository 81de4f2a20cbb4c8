kit-skip = Aller au contenu
kit-nav = Navigation principale
kit-mark = Bocal, accueil
kit-home = À faire
kit-search = Chercher partout
kit-search-hint = Chercher un client, une enquête, une page
kit-find = Chercher
kit-search-results = Résultats
kit-person-menu = votre menu
kit-account = Mon compte
kit-theme-system = Apparence du système
kit-theme-light = Apparence claire
kit-theme-dark = Apparence sombre
kit-sign-out = Se déconnecter
kit-crumbs = Fil d’Ariane
kit-stage-pages = Pages de cette étape
kit-undo = Défaire
kit-close = Fermer
kit-quoted = « { $text } »
kit-demonstration = Organisation de démonstration : tout y est inventé.
kit-back-home = Revenir à l’accueil
kit-form-errors = { $n ->
    [1] Un point à corriger
   *[other] { $n } points à corriger
}
stage-know = Connaître
stage-listen = Écouter
stage-understand = Comprendre
stage-act = Agir
stage-steer = Piloter
stage-admin = Administrer

kit-not-found = Cette page n’existe pas, ou plus
kit-not-found-detail = Le lien est peut-être ancien, ou la fiche suivie par un site qui n’est pas le vôtre. Cherchez par nom ou par référence.
kit-not-signed-in = Connectez-vous
kit-not-signed-in-detail = Il faut être connecté pour voir cette page. Un programme doit envoyer un jeton valide.
kit-denied = Votre rôle ne le permet pas
kit-denied-detail = Il faudrait pouvoir { $permission }. Un administrateur peut vous donner ce droit.
kit-invalid = Quelque chose est à corriger
kit-invalid-detail = { $n ->
    [1] Un point est à corriger, rien n’a été enregistré.
   *[other] { $n } points sont à corriger, rien n’a été enregistré.
}
kit-refused = C’est impossible en l’état
kit-factor-owed = Votre rôle demande un second facteur : mettez-le d’abord en place, puis continuez.
kit-stale = Quelqu’un a modifié cette fiche entre-temps
kit-stale-detail = Rechargez la version actuelle, puis refaites votre changement. Rien n’a été écrasé.
kit-versions = Quelqu’un a enregistré une autre version entre-temps
kit-versions-help = Rien n’est perdu : votre saisie est dans le formulaire. Enregistrez de nouveau pour remplacer la version enregistrée par la vôtre.
kit-versions-theirs = La version enregistrée
kit-versions-yours = La vôtre, pas encore enregistrée
kit-too-many = Trop d’essais
kit-too-many-detail = Réessayez dans { $wait }.
kit-conflict = Cette valeur est déjà prise ou encore utilisée
kit-conflict-detail = Une autre fiche porte la même valeur, ou dépend de celle-ci. Rien n’a été enregistré.
kit-busy = Beaucoup de monde à la fois
kit-busy-detail = Plusieurs personnes écrivent au même endroit. Réessayez dans un instant.
kit-internal = La page a échoué
kit-internal-detail = L’incident est noté dans le journal technique. Réessayez ; si cela continue, prévenez votre administrateur.
kit-form-unreadable = Le formulaire est arrivé incomplet. Revenez en arrière et envoyez-le de nouveau.
kit-form-expired = Votre session a changé depuis l’ouverture de cette page. Rechargez-la, puis envoyez de nouveau.
kit-query-unreadable = L’adresse de la page est incomplète ou mal écrite.
kit-foreign-form = Cette demande vient d’une page d’un autre site : elle est refusée.
kit-method-not-allowed = Cette adresse existe, mais pas pour ce genre de demande.
kit-too-large = Le fichier dépasse { $megabytes } Mo. Coupez-le en plusieurs fichiers, ou demandez à l’administrateur d’augmenter la limite.
kit-json-unreadable = Le corps n’est pas du JSON bien formé, ligne { $line }, colonne { $column }.
kit-json-object = Le corps doit être un objet JSON : il commence par une accolade.
kit-json-missing = Ce champ est obligatoire.
kit-json-unknown = Ce champ n’existe pas ici : voyez /api/docs.
kit-json-kind = Cette valeur n’a pas la forme attendue : voyez /api/docs.
kit-parameter-missing = Ce paramètre est obligatoire.
kit-parameter-bad = Ce paramètre n’a pas la forme attendue.
kit-parameter-unknown = Ce paramètre n’existe pas ici. La description de l’interface nomme ceux qui existent : /api/docs.
kit-parameter-twice = Ce paramètre ne se donne qu’une fois.
kit-nul = Le texte contient un caractère nul, invisible, qui ne peut pas être enregistré. Retirez-le, par exemple en collant le texte sans mise en forme.
kit-body-too-large = L’envoi dépasse { $megabytes } Mo, le plus que cette adresse accepte.
kit-too-slow = La demande a pris plus de deux minutes et a été arrêtée. Vérifiez votre connexion, puis réessayez.
kit-bad-cursor = Ce curseur ne vient pas d’une réponse précédente.
kit-if-match-missing = Envoyez l’en-tête If-Match avec la version lue (ETag) : personne n’écrasera le travail d’un autre sans le savoir.
kit-if-match-bad = L’en-tête If-Match doit contenir la version lue, par exemple "3".
kit-idempotency-key-bad = L’en-tête Idempotency-Key doit compter de 1 à 200 caractères.
kit-idempotency-key-reused = Cette clé d’idempotence a déjà servi pour une autre demande.

permission-customers-read = voir les clients
permission-customers-write = modifier les clients
permission-customers-import = importer des clients
permission-customers-export = exporter des clients
permission-customers-erase = effacer des clients
permission-surveys-read = voir les enquêtes
permission-surveys-write = écrire et publier des enquêtes
permission-answers-import = importer des réponses
permission-answers-read = lire les réponses
permission-indicators-read = voir les indicateurs
permission-indicators-export = exporter les indicateurs
permission-cases-read = voir les suivis
permission-cases-write = travailler sur les suivis
permission-cases-import = ouvrir des suivis depuis un fichier
permission-cases-manage = régler les causes et les délais des suivis
permission-improvements-write = mener des actions d’amélioration
permission-boards-read = voir les tableaux de bord
permission-boards-pin = épingler des chiffres aux tableaux de bord
permission-people-manage = gérer les collègues, les sites et les équipes
permission-settings-manage = changer les réglages
permission-tokens-manage = gérer les jetons
permission-ledger-read = lire le journal
permission-jobs-manage = suivre les travaux
permission-mail-manage = suivre les e-mails envoyés

chart-table = Voir le tableau
chart-scroll = Glissez pour voir toute la courbe.

kit-job-progress = Avancement
kit-job-stopping = S’arrête…
kit-job-cancel = Arrêter, garder ce qui est fait
kit-job-retry = Reprendre
kit-job-done = Fait
kit-job-done-of = { $done } sur { $total }, { $share }
kit-job-speed = Rythme
kit-job-rate = { $rate } par seconde
kit-job-left = Reste
kit-job-took = Durée
kit-job-leave = Vous pouvez quitter la page, le travail continue.
kit-job-error = Dernier incident :
chart-range = de { $low } à { $high }
chart-value = Valeur
chart-interval = Intervalle à 95 %
chart-count = Réponses
chart-share = Part
chart-mark = { $label } : { $value }, { $count }
chart-mark-range = { $label } : { $value }, { $range }, { $count }
chart-answers = { $n ->
    [0] aucune réponse
    [1] une réponse
   *[other] { $n } réponses
}
chart-bar = { $label } : { $count }, { $share }
chart-count-cases = Suivis
chart-cases = { $n ->
    [0] aucun suivi
    [1] un suivi
   *[other] { $n } suivis
}
chart-few-cases = peu de suivis
chart-mark-count = { $label } : { $count }
chart-few = peu de réponses
chart-empty = Rien à dessiner : aucune réponse sur ces périodes.
chart-definition = Définition
kit-offline = Pas de connexion : rien n’est perdu, réessayez dans un instant.
kit-request-failed = La demande a échoué : rien n’a été changé. Réessayez.
kit-escape = Échap
kit-palette-choose = ↑ ↓ choisir
kit-palette-open = Entrée ouvrir
