indicator-nav = Indicateurs
indicator-overview-help = Ce que les clients ont répondu sur douze mois, avec la certitude qu’on peut y mettre.
indicator-overview-empty = Aucune réponse sur les douze derniers mois
indicator-overview-empty-help = Les chiffres naissent des réponses : publiez une enquête, ou importez des réponses déjà recueillies.
indicator-overview-empty-act = Aller aux enquêtes
indicator-home-title = Où nous en sommes
indicator-home-empty = Aucune réponse sur les douze derniers mois.

indicator-nps = Taux net de recommandation (NPS)
indicator-nps-unit = points
indicator-nps-help = La part de clients qui nous recommanderaient volontiers, moins la part de ceux qui ne le feraient pas. Sert à choisir les causes à traiter en premier.
indicator-nps-words = La part de ceux qui donnent 9 ou 10 sur 10, moins la part de ceux qui donnent de 0 à 6.
indicator-nps-formula = 100 × (part des 9–10 − part des 0–6), de −100 à +100
indicator-nps-limits = Ce n’est pas une note de satisfaction. Ne comparez que la même question, posée au même moment et recueillie de la même façon. Il ne fixe la paie de personne.
indicator-nps-low = Détracteurs, de 0 à 6
indicator-nps-middle = Passifs
indicator-nps-high = Promoteurs

indicator-csat = Satisfaction après contact (CSAT)
indicator-csat-unit = part de satisfaits
indicator-csat-help = La part de clients satisfaits juste après un contact. Sert à voir l’écart avec ce qu’ils attendaient, et à le corriger.
indicator-csat-words = La part de ceux qui donnent 4 ou 5 sur 5.
indicator-csat-formula = réponses 4 et 5 / toutes les réponses
indicator-csat-limits = La satisfaction d’un contact ne dit pas la fidélité. Ne suivez pas la courbe à travers un changement de question.
indicator-csat-low = Insatisfaits, 1 et 2
indicator-csat-middle = Neutres
indicator-csat-high = Satisfaits, 4 et 5

indicator-ces2 = Facilité (CES 2.0)
indicator-ces2-unit = moyenne sur 7
indicator-ces2-help = Les clients trouvent-ils facile d’obtenir ce qu’ils demandent ? Sert à retirer les efforts inutiles.
indicator-ces2-words = La moyenne de l’accord, de 1 à 7, avec « l’entreprise m’a facilité les choses ». Plus c’est haut, plus c’est facile.
indicator-ces2-formula = somme des notes / nombre de réponses
indicator-ces2-limits = Elle parle d’une démarche, pas de toute la relation. Ne la mêlez pas à la question de 2010, de 1 à 5, qui va dans l’autre sens.
indicator-ces2-low = Difficile, de 1 à 3
indicator-ces2-middle = Ni l’un ni l’autre
indicator-ces2-high = Facile, de 5 à 7

indicator-other-measures = Autre indicateur
indicator-export = Exporter
indicator-read-words = Lire ce qu’ils disent
indicator-the-figure = Le chiffre et sa preuve
indicator-interval = { $range }, à 95 %
interval-weighted = intervalle pondéré (effectif de Kish)
indicator-definition-version = version { $version }
indicator-definition-weighted = pondérée, version { $version }
indicator-missing = { $n ->
    [1] une question sans réponse
   *[other] { $n } questions sans réponse
}
indicator-points = { $value } points
indicator-change = { $difference } par rapport à la période précédente ({ $period }) :
indicator-change-range = { $difference } par rapport à la période précédente ({ $period }), { $range } :
indicator-conclude-rise = on peut conclure à une hausse.
indicator-conclude-fall = on peut conclure à une baisse.
indicator-conclude-no-rise = on ne peut pas conclure à une hausse.
indicator-conclude-no-fall = on ne peut pas conclure à une baisse.
indicator-conclude-few = trop peu de réponses pour conclure.
indicator-conclude-no-sample = ces réponses ne sont pas un échantillon, on ne peut conclure ni à une hausse ni à une baisse.
indicator-beside-nps = Sans les poids :
indicator-beside-ces-v2-agree = Part de ceux qui trouvent cela facile (5 à 7) :
indicator-weights-unused = Les réponses portent des poids ; cette mesure ne les utilise pas encore, chaque réponse compte pour une.
indicator-floor = Moins de { $floor } réponses : la valeur est masquée, on pourrait deviner qui a répondu.
indicator-floor-note = Les groupes de moins de 5 réponses sont masqués. Quand un seul le serait, le plus petit des autres l’est aussi, pour qu’on ne puisse pas le déduire du total.
indicator-nothing-here = Aucune réponse ici. On en connaît d’autres : { $days }.
indicator-show-everything = Voir toute la période
indicator-too-few = { $n ->
    [1] 1 réponse : trop peu pour un chiffre
   *[other] { $n } réponses : trop peu pour un chiffre
}
indicator-apart-see = Les voir
indicator-apart-self-selected = { $n ->
    [1] Une réponse en participation libre n’est pas comptée ici.
   *[other] { $n } réponses en participation libre ne sont pas comptées ici.
}
indicator-apart-quota = { $n ->
    [1] Une réponse recueillie par quotas n’est pas comptée ici.
   *[other] { $n } réponses recueillies par quotas ne sont pas comptées ici.
}
indicator-apart-probability = { $n ->
    [1] Une réponse recueillie par tirage au sort ou recensement n’est pas comptée ici.
   *[other] { $n } réponses recueillies par tirage au sort ou recensement ne sont pas comptées ici.
}
indicator-apart-unknown = { $n ->
    [1] Une réponse au recueil non précisé n’est pas comptée ici.
   *[other] { $n } réponses au recueil non précisé ne sont pas comptées ici.
}
indicator-nothing = Aucune réponse pour ce choix.
indicator-nothing-survey = Cette enquête n’a pas encore de réponse.
indicator-nothing-survey-act = Voir l’enquête

indicator-proof-answers = Réponses
indicator-proof-rate = Taux de réponse
indicator-proof-method = Méthode
indicator-proof-definition = Définition
indicator-invited = { $answered } sur { $invited } invitations
indicator-population = Population
indicator-period = Période
indicator-collection = Recueil
indicator-group-probability = Tirage au sort ou recensement
indicator-group-quota = Quotas
indicator-group-self-selected = Participation libre
indicator-group-unknown = Recueil non précisé

indicator-quarter = T{ $n } { $year }
indicator-step-week = Semaine du
indicator-step-month = Mois
indicator-step-quarter = Trimestre
indicator-trend-week = Par semaine
indicator-trend-month = Par mois
indicator-trend-quarter = Par trimestre
indicator-trend-title = { $by }, en { $unit }
indicator-trend-summary = { $name }, { $by } : de { $was } ({ $first }) à { $is } ({ $last })
indicator-trend-note = Bande : intervalle à 95 %. Chaque point ouvre ses réponses.
indicator-trend-note-closed = Bande : intervalle à 95 %.
indicator-trend-note-plain = Aucun intervalle : ces réponses ne sont pas un échantillon.
indicator-trend-cut = Les périodes plus anciennes ne sont pas dessinées ; choisissez un pas plus large pour les voir.
indicator-distribution = Note par note
indicator-distribution-summary = Réponses par note, de { $low } à { $high }
indicator-bracket = { $class } : { $n }, { $share }
indicator-score-head = Note
indicator-score = { $value } sur { $most }
indicator-unanswered = sans réponse
indicator-by-site = Par site
indicator-by-channel = Par canal
indicator-dotted = trait pointillé : l’ensemble, { $value }
indicator-drawn = Intervalle dessiné
indicator-interval-short = Intervalle
indicator-reading = Lecture
indicator-reading-higher = Plus haut que le reste
indicator-reading-lower = Plus bas que le reste
indicator-reading-same = pas d’écart net
indicator-reading-few = Trop peu de réponses
indicator-reading-no-sample = sans conclusion possible
indicator-reading-hidden = masqué

indicator-why = Pourquoi cette note
indicator-why-all = Tout lire
indicator-quoted = « { $text } »
indicator-no-words = Personne n’a laissé de mots sur cette période.
indicator-no-words-right = Votre rôle voit les chiffres, pas les réponses une à une. Un administrateur peut vous donner ce droit.
indicator-others = Autre mesure, à ne pas mélanger
indicator-meaning = Ce que cela mesure

indicator-filter = Filtre
indicator-filter-lead = Les réponses
indicator-filter-surveys-all = à toutes les enquêtes
indicator-filter-survey = à « { $name } »
indicator-filter-sites-all = { $n ->
    [1] du seul site
   *[other] des { $n } sites
}
indicator-filter-site = de { $name }
indicator-filter-sites = de { $n } sites
indicator-filter-channels-all = recueillies par tous les canaux
indicator-filter-channel = recueillies par { $name }
indicator-filter-channels = recueillies par { $n } canaux
indicator-filter-since = depuis le { $day }
indicator-filter-until = jusqu’au { $day }
indicator-filter-over = sur { $period }
indicator-filter-curve = courbe { $by }
indicator-filter-collection = recueil : { $name }
indicator-surveys-all = Toutes les enquêtes
indicator-survey = Enquête
indicator-sites = Sites
indicator-site = Site
indicator-no-site = Sans site
indicator-channels = Canaux
indicator-channel = Canal
indicator-period-this-month = ce mois-ci
indicator-period-last-month = le mois dernier
indicator-period-quarter = ce trimestre
indicator-period-last-quarter = le trimestre dernier
indicator-period-12-months = les douze derniers mois
indicator-period-all = toute la période connue
indicator-period-custom = d’un jour à un autre
indicator-from = Du
indicator-to = Au
indicator-grouping = Pas de la courbe
indicator-by-week = par semaine
indicator-by-month = par mois
indicator-by-quarter = par trimestre
indicator-collection-auto = Le plus sûr d’abord
indicator-weights = Poids
indicator-weights-on = avec les poids
indicator-weights-off = sans les poids
indicator-apply = Appliquer
indicator-choice-unknown = Ce choix n’existe pas. Revenez à la page et choisissez dans la liste.
indicator-period-reversed = Le dernier jour vient avant le premier. Échangez-les.

indicator-answers = Réponses
indicator-answers-count = { $n ->
    [0] Aucune réponse
    [1] Une réponse
   *[other] { $n } réponses, de la plus récente à la plus ancienne
}
indicator-answers-more = Plus de { $n } réponses, de la plus récente à la plus ancienne
indicator-answers-none = Aucune réponse pour ce choix
indicator-answers-none-help = Le choix est peut-être trop étroit, ou les réponses viennent d’être retirées.
indicator-back = Revenir à l’indicateur
indicator-day = Jour
indicator-words = Ce qu’ils disent
indicator-no-word = aucun mot
indicator-customer = Client
indicator-anonymous = anonyme
indicator-sheet = Voir la fiche
indicator-newest = Les plus récentes
indicator-older = Plus anciennes
indicator-chosen-score = note { $low }
indicator-chosen-scores = notes de { $low } à { $high }

indicator-channel-link = Lien public
indicator-channel-qr = Code QR
indicator-channel-paper = Papier
indicator-channel-email = E-mail
indicator-channel-sms = SMS
indicator-channel-import = Import
