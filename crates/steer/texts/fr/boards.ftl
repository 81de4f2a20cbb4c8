board-nav = Tableau de bord
board-help = Les clients mécontents sont-ils rappelés à temps et tenus au courant, et les causes traitées ? Un chiffre souligné ouvre les suivis qu’il compte.
board-figures = Chiffres des suivis
board-period = Suivis ouverts du { $from } au { $to }
board-census = tous les suivis sont comptés
board-contacted-in-time = Clients contactés à temps
board-contacted-in-time-how = Part des suivis dont le premier contact a eu lieu avant l’échéance, parmi ceux dont l’échéance est passée.
board-contact-median = Temps pour joindre un client sur deux
board-contact-median-how = Depuis l’ouverture du suivi. Les clients qui attendent encore comptent pour le temps déjà passé : sans eux, le délai paraîtrait plus court.
board-contact-p90 = Temps pour joindre 9 clients sur 10
board-contact-p90-how = Compté de même.
board-close-median = Temps pour clore un suivi sur deux
board-close-median-how = Depuis l’ouverture. Les suivis encore ouverts comptent pour le temps déjà passé.
board-close-p90 = Temps pour clore 9 suivis sur 10
board-close-p90-how = Compté de même.
board-inner-loop = Clients informés sous 30 jours
board-inner-loop-how = Part des clients à qui la suite donnée a été dite dans les 30 jours, parmi les suivis ouverts il y a au moins 30 jours.
board-outer-loop = Suivis dont la cause est traitée
board-outer-loop-how = Part des suivis dont la cause a une amélioration prévue, en place ou mesurée, parmi ceux dont la cause est notée.
board-opened = Suivis ouverts
board-opened-how = Suivis ouverts entre les deux dates choisies.
board-open = Encore ouverts
board-open-how = En ce moment, quelle que soit la date d’ouverture.
board-late = En retard
board-late-how = En ce moment, quelle que soit la date d’ouverture : échéance passée et client pas encore informé.
board-n = { $n ->
    [0] aucun suivi
    [1] sur un suivi
   *[other] sur { $n } suivis
}
board-few-cases = trop peu de suivis pour un pourcentage
board-contacted-in-time-missed = { $n ->
    [1] un trop tard ou pas encore
   *[other] { $n } trop tard ou pas encore
}
board-inner-loop-missed = { $n ->
    [1] un pas informé à temps
   *[other] { $n } pas informés à temps
}
board-trend = Au fil du temps
board-trend-week = { $figure }, par semaine
board-trend-month = { $figure }, par mois
board-trend-week-head = Semaine du
board-trend-month-head = Mois
board-trend-note = La bande dit ce que le hasard seul peut faire : elle est large quand les suivis sont peu nombreux.
board-trend-note-opened = Chaque point ouvre ses suivis.
board-trend-summary = { $title } : { $was } ({ $first }), { $is } ({ $last })
board-running = { $n ->
    [1] dont un en cours
   *[other] dont { $n } en cours
}
board-undetermined = trop de suivis encore en cours pour le dire
board-cost = Coût des réparations
board-costly = { $n ->
    [0] aucun suivi n’a rien coûté
    [1] un suivi
   *[other] { $n } suivis
}
board-by-site = Par site
board-by-team = Par équipe
board-by-cause = Par cause
board-team = Équipe
board-few = { $n } sur { $of }
board-home-title = Chiffres partagés
board-no-tiles = Aucun chiffre épinglé. Depuis le tableau de bord, épinglez ceux qui servent une décision.
board-now = en ce moment
board-days = { $n } derniers jours
board-serves = Sert à décider : { $decision } ({ $owner } en répond)
board-unpin = Retirer
board-unpinned = Chiffre retiré.
board-pin = Épingler
board-pin-title = Épingler un chiffre à l’accueil
board-pin-help = Un chiffre sans décision n’est qu’un décor : dites ce qu’il sert à décider, et qui en répond.
board-figure = Chiffre
board-over = Sur combien de jours
board-decision = Décision qu’il sert
board-decision-hint = Par exemple : « Faut-il renforcer l’équipe du samedi ? »
board-owner = Qui en répond
board-choose = Choisissez
board-pinned = Chiffre épinglé à l’accueil.
board-error-figure = Choisissez un chiffre du tableau.
board-error-decision = Dites quelle décision ce chiffre sert.
board-error-owner = Choisissez qui répond de ce chiffre.
board-error-days = Donnez un nombre de jours de { $least } à 730.
board-error-most = { $most } chiffres au plus par site, et autant pour l’ensemble : retirez-en un d’abord.
board-contacted-in-time-short = Contactés à temps
board-contacted-in-time-left-out = { $n ->
    [1] un pas encore à échéance
   *[other] { $n } pas encore à échéance
}
board-contact-median-short = Premier contact
board-close-median-short = Clôture
board-inner-loop-short = Informés sous 30 j
board-inner-loop-left-out = { $n ->
    [1] un trop récent
   *[other] { $n } trop récents
}
board-outer-loop-left-out = { $n ->
    [1] un sans cause notée
   *[other] { $n } sans cause notée
}
board-opened-short = Ouverts
board-late-short = En retard
board-cost-short = Coût
board-section-now = En ce moment
board-section-customers = Sur la période
board-section-times = Délais et coût
board-how = Comment ces chiffres sont comptés
board-without-site = Sans site
board-without-team = Sans équipe
board-without-cause = Sans cause notée
board-shared = Vus par toutes les personnes qui suivent les mêmes sites.
board-file = tableau-de-bord
board-csv-all = Ensemble
board-csv-table = Tableau
board-csv-row = Ligne
board-csv-n = { $figure } : suivis comptés
board-csv-rest = { $figure } : suivis à part ou en cours
board-csv-costly = Suivis qui ont coûté
event-tile-pinned = Chiffre épinglé
event-tile-removed = Chiffre retiré
