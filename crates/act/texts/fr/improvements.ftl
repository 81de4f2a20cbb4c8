improvement-nav = Améliorations
improvement-help = Ce qui change pour qu’une cause ne déçoive plus personne, et ce que les mesures en disent.
improvement-new = Nouvelle amélioration
improvement-none = Aucune amélioration
improvement-none-help = Partez de la cause qui pèse le plus : elle montre les suivis concernés.
improvement-title = Ce qui est fait
improvement-title-hint = Commencez par un verbe : « Ouvrir une seconde caisse le samedi ».
improvement-state = État
improvement-next = Prochaine date
improvement-effect = Effet
improvement-state-planned = Prévue
improvement-state-in-place = En place
improvement-state-judged = Mesurée
improvement-state-abandoned = Abandonnée
improvement-due-start = en place le { $day }
improvement-due-start-since = à mettre en place depuis le { $day }
improvement-due-remeasure = à mesurer le { $day }
improvement-due-remeasure-since = à mesurer depuis le { $day }
improvement-effect-better = Amélioration démontrée
improvement-effect-worse = Dégradation démontrée
improvement-effect-no-difference = Pas d’effet démontré
improvement-effect-too-few = Trop peu de réponses pour conclure
improvement-effect-not-a-sample = Réponses non représentatives : pas de conclusion
improvement-home-title = Améliorations à faire avancer
improvement-nothing-due = Rien à mettre en place ni à mesurer aujourd’hui.
improvement-form-help = Qui, quand, combien, quel effet attendu, et quand on le vérifie : sans ces dates, ce n’est qu’une intention.
improvement-stale = Quelqu’un a enregistré cette amélioration entre-temps. Vérifiez votre saisie, puis enregistrez à nouveau.
improvement-description = Précisions
improvement-cause = Cause qu’elle supprime
improvement-no-cause = Aucune en particulier
improvement-site = Où
improvement-everywhere = Partout
improvement-owner = Qui s’en occupe
improvement-cost = Coût
improvement-measure = Chiffre qu’elle doit faire bouger
improvement-survey = Dans quelle enquête
improvement-any-survey = Toutes
improvement-expected = Effet attendu
improvement-expected-hint = En points pour la recommandation, en points de pourcentage pour la satisfaction, en points de l’échelle pour la facilité.
improvement-due = En place au plus tard
improvement-remeasure = Mesurée à nouveau le
improvement-remeasure-hint = Le verdict ne peut pas être rendu avant.
improvement-said = Vous avez dit
improvement-said-hint = Tel que les clients concernés le liront.
improvement-did = Nous avons fait
improvement-save = Enregistrer
improvement-created = Amélioration enregistrée.
improvement-saved = Amélioration enregistrée.
improvement-since = En place depuis
improvement-start = C’est en place
improvement-started = Notée comme en place.
improvement-judge = Mesurer à nouveau
improvement-judge-do = Rendre le verdict
improvement-was-judged = Verdict rendu et gardé.
improvement-before-after = Avant, après
improvement-not-final = Ce n’est qu’un point d’étape : le verdict se rend le { $day }.
improvement-side = Période
improvement-period = Jours
improvement-value = Valeur
improvement-interval = Marge à 95 %
improvement-answers = Réponses
improvement-before = Avant
improvement-after = Après
improvement-days = du { $from } au { $to }
improvement-no-answers = aucune réponse
improvement-n = { $n ->
    [0] aucune
    [1] une réponse
   *[other] { $n } réponses
}
improvement-between = de { $low } à { $high }
improvement-difference = Différence, en points : { $difference }
improvement-range = (marge à 95 % : { $range })
improvement-definition = Définition { $definition }, sur autant de jours avant qu’après.
improvement-no-comparison = La comparaison commencera quand ce sera en place.
improvement-comparison-whole = Elle vaut pour toute l’organisation : ses chiffres ne sont montrés qu’à qui en voit tous les sites.
improvement-lesson = Ce qu’on en retient :
improvement-lesson-field = Ce qu’on en retient
improvement-notice = Vous avez dit, nous avons fait
improvement-unsaid-yet = Écrivez ce que les clients ont dit et ce que vous avez fait, pour pouvoir le leur dire.
improvement-words = Écrire ce que les clients liront
improvement-cases = { $n ->
    [0] aucun suivi concerné
    [1] un suivi concerné
   *[other] { $n } suivis concernés
}
improvement-was-told = e-mails du { $day } : { $mails }
improvement-was-told-none = personne à prévenir le { $day }
improvement-tell = Le dire aux clients concernés
improvement-told = { $n ->
    [0] Personne à prévenir.
    [1] Un e-mail part vers le client concerné.
   *[other] { $n } e-mails partent vers les clients concernés.
}
improvement-plan = Le plan
improvement-edit = Modifier
improvement-expects-nps = { $n } points de plus : { $measure }
improvement-expects-csat = { $n } points de plus : { $measure }
improvement-expects-ces2 = +{ $n } sur l’échelle : { $measure }
improvement-abandon = Abandonner
improvement-abandon-why = Pourquoi
improvement-abandon-do = Abandonner
improvement-was-abandoned = Amélioration abandonnée, raison gardée.
improvement-mail-subject = { $organisation } : vous l’avez dit, voici ce qui change
improvement-mail-hello = Bonjour,
improvement-mail-said = Vous nous avez fait part d’un problème. En quelques mots, voici ce qui nous a été dit :
improvement-mail-did = Voici ce que nous avons fait :
improvement-mail-why = Vous recevez ce message, envoyé une seule fois, parce que vous nous aviez parlé de ce problème.
improvement-error-state = Cet état n’existe pas.
improvement-error-title = Dites en quelques mots ce qui est fait.
improvement-error-owner = Choisissez qui s’en occupe.
improvement-error-measure = Choisissez le chiffre qu’elle doit faire bouger.
improvement-error-measure-api = measure est nps, csat ou ces2.
improvement-error-expected = Donnez l’effet attendu, plus grand que zéro et jusqu’à { $most } : c’est toute l’étendue de cette mesure.
improvement-error-due = Donnez le jour où ce doit être en place.
improvement-error-remeasure = Donnez le jour de la nouvelle mesure, après la mise en place.
improvement-error-case = Ce suivi n’existe pas, ou n’est pas à votre portée.
improvement-error-survey = Cette enquête n’existe pas.
improvement-error-over = Cette amélioration est terminée : elle ne change plus.
improvement-error-fixed = C’est en place : le chiffre, l’enquête et le lieu mesurés ne changent plus, sinon le verdict choisirait sa preuve.
improvement-error-fixed-expected = C’est en place : l’effet attendu ne change plus.
improvement-error-earlier = C’est en place : le jour de la nouvelle mesure peut seulement être repoussé.
improvement-error-in-place = C’est déjà en place.
improvement-error-since = Donnez un jour, AAAA-MM-JJ.
improvement-error-not-in-place = Ce n’est pas encore en place : il n’y a rien à mesurer.
improvement-error-too-soon = Le jour de la nouvelle mesure n’est pas venu : un verdict ne se rend pas quand il arrange.
improvement-error-no-comparison = Rien à comparer : le jour de la nouvelle mesure précède la mise en place. Donnez un jour plus tardif dans le plan, puis mesurez ce jour-là.
improvement-error-lesson = Écrivez ce qu’on en retient, même si rien n’a changé.
improvement-error-reason = Dites pourquoi elle est abandonnée.
improvement-error-nothing-done = Rien n’est encore en place : il n’y a rien à dire aux clients.
improvement-error-unsaid = Écrivez d’abord « Vous avez dit » et « Nous avons fait ».
improvement-error-told = Les clients sont déjà prévenus : ces mots ne changent plus.
ranking-nav = Priorités
ranking-help = Les causes des suivis, de la plus lourde à la plus légère : fréquence, gravité et importance.
ranking-from = Ouverts du
ranking-to = au
ranking-cases = Suivis
ranking-severity = Gravité moyenne
ranking-importance = Importance
ranking-weight = Poids
ranking-cost = Réparations
ranking-action = Action
ranking-no-cause = Cause pas encore trouvée
ranking-people = { $n ->
    [1] une personne
   *[other] { $n } personnes
}
ranking-vocal = peu de voix
ranking-vocal-help = Peu de personnes ont ouvert la plupart de ces suivis.
ranking-below = { $n } suivis avec les causes plus précises
ranking-under-way = En cours
ranking-improve = Améliorer
ranking-none = Aucun suivi sur cette période
ranking-none-help = Élargissez la période, ou choisissez tous les sites.
ranking-formula = Poids = nombre de suivis × gravité moyenne (1 gêne, 2 préjudice, 4 danger) × importance (1 à 5). C’est un ordre d’usage, pas une mesure.
improvement-was-told-whole = clients prévenus le { $day }
improvement-mail-thanks = Merci de nous l’avoir dit : c’est ainsi que nous progressons.
improvement-notice-title = Dire aux clients ce qui a changé
improvement-notice-help = Relisez avant d’envoyer : une fois partie, la lettre ne se rattrape pas. Chaque client la reçoit une seule fois.
improvement-letter-fr = { $n ->
    [0] La lettre en français
    [1] La lettre en français : un client
   *[other] La lettre en français : { $n } clients
}
improvement-letter-en = { $n ->
    [0] La lettre en anglais
    [1] La lettre en anglais : un client
   *[other] La lettre en anglais : { $n } clients
}
improvement-will-be-told = { $n ->
    [0] Personne à prévenir
    [1] Un client sera prévenu
   *[other] { $n } clients seront prévenus
}
improvement-nobody = Aucun suivi de votre périmètre n’est rattaché à cette amélioration : personne n’en attend de nouvelles.
improvement-left-out = Ne recevront rien :
improvement-left-out-already = { $n ->
    [1] un client déjà prévenu
   *[other] { $n } clients déjà prévenus
}
improvement-left-out-refused = { $n ->
    [1] un client qui a refusé d’être recontacté
   *[other] { $n } clients qui ont refusé d’être recontactés
}
improvement-left-out-withdrawn = { $n ->
    [1] un client qui a retiré son accord
   *[other] { $n } clients qui ont retiré leur accord
}
improvement-left-out-no-address = { $n ->
    [1] un client sans adresse e-mail utilisable
   *[other] { $n } clients sans adresse e-mail utilisable
}
improvement-left-out-bounced = { $n ->
    [1] un client dont l’adresse ne répond plus
   *[other] { $n } clients dont l’adresse ne répond plus
}
improvement-left-out-unknown = { $n ->
    [1] un suivi sans fiche client
   *[other] { $n } suivis sans fiche client
}
improvement-tell-do = { $n ->
    [1] Envoyer l’e-mail
   *[other] Envoyer les { $n } e-mails
}
improvement-back = Retour
improvement-file = ameliorations
improvement-csv-before-from = Avant, du
improvement-csv-before-to = Avant, au
improvement-csv-before = Avant, valeur
improvement-csv-before-n = Avant, réponses
improvement-csv-after-from = Après, du
improvement-csv-after-to = Après, au
improvement-csv-after = Après, valeur
improvement-csv-after-n = Après, réponses
improvement-csv-difference = Différence
improvement-csv-low = Différence, borne basse à 95 %
improvement-csv-high = Différence, borne haute à 95 %
improvement-csv-currency = Devise
improvement-csv-told = Clients prévenus
improvement-csv-lesson = Ce qu’on en retient
improvement-error-due-past = Ce jour est passé : donnez un jour à venir pour la mise en place.
improvement-error-remeasure-past = Ce jour est passé : donnez un jour à venir pour la nouvelle mesure.
improvement-error-since-future = Ce jour n’est pas encore venu : donnez aujourd’hui ou un jour passé.
improvement-error-since-remeasure = Ce jour ne précède pas la nouvelle mesure : repoussez d’abord celle-ci dans le plan.
improvement-error-audience = Le nombre de clients à prévenir a changé depuis l’aperçu : vérifiez, puis confirmez à nouveau.
improvement-error-words-changed = Cette amélioration a été modifiée depuis l’aperçu : relisez, puis confirmez à nouveau.
period-error-day = Donnez un jour, AAAA-MM-JJ.
period-error-order = La période finit avant de commencer : le premier jour vient après le dernier.
ranking-export = Exporter
ranking-file = priorites
ranking-csv-people = Personnes
ranking-csv-share = Part des suivis
ranking-csv-cost = Coût ({ $currency })
mail-kind-improvement-told = Vous avez dit, nous avons fait
event-improvement-created = Amélioration décidée
event-improvement-changed = Amélioration modifiée
event-improvement-in-place = Amélioration en place
event-improvement-judged = Verdict rendu
event-improvement-worded = « Vous avez dit, nous avons fait » modifié
event-improvement-abandoned = Amélioration abandonnée
event-improvement-told = Clients prévenus d’une amélioration
improvement-said-other = « Vous avez dit », dans l’autre langue
improvement-said-other-hint = Facultatif. Sans ce texte, tout le monde reçoit la lettre dans la langue de l’organisation.
improvement-did-other = « Nous avons fait », dans l’autre langue
improvement-error-half = Écrivez les deux textes dans l’autre langue, ou aucun des deux.
improvement-due-more = { $n ->
    [1] une autre attend
   *[other] { $n } autres attendent
}
improvement-mails-left = { $n ->
    [1] un parti
   *[other] { $n } partis
}
improvement-mails-waiting = { $n ->
    [1] un pas encore parti
   *[other] { $n } pas encore partis
}
improvement-mails-failed = { $n ->
    [1] un non remis
   *[other] { $n } non remis
}
improvement-mails-doubtful = { $n ->
    [1] un peut-être jamais parti
   *[other] { $n } peut-être jamais partis
}
improvement-attained-reached = effet attendu atteint
improvement-attained-not-reached = effet attendu non atteint
improvement-attained-cannot-tell = effet attendu : impossible à dire
improvement-attained-reached-said = L’effet attendu ({ $expected }) est atteint : même au plus bas de la marge, l’écart va jusque-là.
improvement-attained-not-reached-said = L’effet attendu ({ $expected }) n’est pas atteint : même au plus haut de la marge, l’écart reste en dessous.
improvement-attained-cannot-tell-said = On ne peut pas dire si l’effet attendu ({ $expected }) est atteint : la marge laisse les deux possibles.
improvement-attained-no-margin-said = On ne peut pas dire si l’effet attendu ({ $expected }) est atteint : faute de marge, rien ne permet de comparer.
improvement-attained-word = En un mot : { $said }.
improvement-csv-attained = Effet attendu atteint
improvement-csv-waiting = E-mails pas encore partis
improvement-csv-failed = E-mails non remis
improvement-csv-doubtful = E-mails peut-être jamais partis
