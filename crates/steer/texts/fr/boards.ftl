board-nav = Boucle
board-help = Les clients déçus sont-ils rappelés à temps, informés, et les causes supprimées ? Un chiffre ouvre les suivis qu’il compte, quand la liste peut montrer ceux-là et eux seuls.
board-figures = Chiffres de la boucle
board-period = Suivis ouverts du { $from } au { $to }
board-census = tous les suivis sont comptés, sans échantillon
board-contacted-in-time = Premiers contacts à temps
board-contacted-in-time-how = Parmi les suivis dont l’échéance de premier contact est passée.
board-contact-median = Premier contact : délai médian
board-contact-median-how = Depuis l’ouverture ; les suivis pas encore contactés comptent pour le temps déjà passé (Kaplan-Meier).
board-contact-p90 = Premier contact : 9 sur 10 avant
board-contact-p90-how = 90ᵉ centile ; les suivis pas encore contactés comptent pour le temps déjà passé (Kaplan-Meier).
board-close-median = Clôture : délai médian
board-close-median-how = Depuis l’ouverture ; les suivis encore ouverts comptent pour le temps déjà passé (Kaplan-Meier).
board-close-p90 = Clôture : 9 sur 10 avant
board-close-p90-how = 90ᵉ centile ; les suivis encore ouverts comptent pour le temps déjà passé (Kaplan-Meier).
board-inner-loop = Boucle courte fermée
board-inner-loop-how = Clients informés dans les 30 jours, parmi les suivis ouverts il y a au moins 30 jours.
board-outer-loop = Boucle longue engagée
board-outer-loop-how = Suivis dont la cause a une action d’amélioration.
board-opened = Suivis ouverts
board-opened-how = Sur la période.
board-open = Encore ouverts
board-open-how = À cet instant, quelle que soit la date d’ouverture.
board-late = En retard
board-late-how = À cet instant, quelle que soit la date d’ouverture : échéance passée et client pas encore informé.
board-n = { $n ->
    [0] aucun suivi
    [one] sur un suivi
   *[other] sur { $n } suivis
}
board-left-out = { $n ->
    [one] un pas encore compté
   *[other] { $n } pas encore comptés
}
board-running = { $n ->
    [one] dont un en cours
   *[other] dont { $n } en cours
}
board-undetermined = trop de suivis encore en cours pour le dire
board-cost = Coût des réparations
board-costly = { $n ->
    [0] aucun suivi n’a rien coûté
    [one] un suivi
   *[other] { $n } suivis
}
board-by-site = Par site
board-by-team = Par équipe
board-by-cause = Par cause
board-team = Équipe
board-few = { $n } sur { $of }
board-none = sans
board-home-title = Vos chiffres
board-no-tiles = Aucun chiffre épinglé. Depuis « Piloter », épinglez ceux qui servent une décision.
board-now = à cet instant
board-days = { $n } derniers jours
board-serves = Sert à décider : { $decision } ({ $owner })
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
board-error-day = Donnez un jour, AAAA-MM-JJ.
board-error-most = { $most } chiffres au plus par site, et autant pour l’ensemble : retirez-en un d’abord.
event-tile-pinned = Chiffre épinglé
event-tile-removed = Chiffre retiré
