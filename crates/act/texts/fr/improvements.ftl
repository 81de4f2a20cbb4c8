improvement-nav = Améliorations
improvement-help = Ce qui change pour qu’une cause ne déçoive plus personne, et ce que la mesure en dit.
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
improvement-effect-better = Mieux, au-delà du hasard
improvement-effect-worse = Moins bien, au-delà du hasard
improvement-effect-no-difference = Aucune différence démontrée
improvement-effect-too-few = Trop peu de réponses pour conclure
improvement-effect-not-a-sample = Pas de conclusion : les réponses ne sont pas un échantillon
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
improvement-interval = Intervalle à 95 %
improvement-answers = Réponses
improvement-before = Avant
improvement-after = Après
improvement-days = du { $from } au { $to }
improvement-no-answers = aucune réponse
improvement-n = { $n ->
    [0] aucune
    [one] une réponse
   *[other] { $n } réponses
}
improvement-between = de { $low } à { $high }
improvement-difference = Différence, en points : { $difference }
improvement-range = (intervalle à 95 % : { $range })
improvement-definition = Définition { $definition }. Autant de jours avant qu’après.
improvement-no-comparison = La comparaison commencera quand ce sera en place.
improvement-comparison-whole = Elle vaut pour tous les sites : sa comparaison n’est montrée qu’à qui voit toute l’organisation.
improvement-lesson = Ce qu’on en retient :
improvement-lesson-field = Ce qu’on en retient
improvement-notice = Vous avez dit, nous avons fait
improvement-unsaid-yet = Écrivez ce que les clients ont dit et ce que vous avez fait, pour pouvoir le leur dire.
improvement-words = Écrire ce que les clients liront
improvement-cases = { $n ->
    [0] aucun suivi concerné
    [one] un suivi concerné
   *[other] { $n } suivis concernés
}
improvement-was-told = { $n ->
    [0] personne à prévenir au { $day }
    [one] un client prévenu le { $day }
   *[other] { $n } clients prévenus le { $day }
}
improvement-tell = Le dire aux clients concernés
improvement-told = { $n ->
    [0] Personne de nouveau à prévenir.
    [one] Un e-mail part vers le client concerné.
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
improvement-mail-subject = { $organisation } : vous avez dit, nous avons fait
improvement-mail-said = Vous, ou d’autres clients, nous avez dit :
improvement-mail-did = Voici ce que nous avons fait :
improvement-mail-why = Vous recevez ce message parce que vous nous avez signalé ce sujet.
improvement-error-state = Cet état n’existe pas.
improvement-error-title = Dites en quelques mots ce qui est fait.
improvement-error-owner = Choisissez qui s’en occupe.
improvement-error-measure = Choisissez le chiffre qu’elle doit faire bouger.
improvement-error-measure-api = measure est nps, csat ou ces2.
improvement-error-expected = Donnez l’effet attendu, plus grand que zéro et jusqu’à 100.
improvement-error-due = Donnez le jour où ce doit être en place.
improvement-error-remeasure = Donnez le jour de la nouvelle mesure, après la mise en place.
improvement-error-case = Ce suivi n’existe pas, ou n’est pas à votre portée.
improvement-error-survey = Cette enquête n’existe pas.
improvement-error-over = Cette amélioration est terminée : elle ne change plus.
improvement-error-fixed = C’est en place : le chiffre, l’enquête et le lieu mesurés ne changent plus, sinon le verdict choisirait sa preuve.
improvement-error-fixed-expected = C’est en place : l’effet attendu ne change plus.
improvement-error-earlier = C’est en place : le jour de la nouvelle mesure peut seulement être repoussé.
improvement-error-in-place = C’est déjà en place.
improvement-error-since = Donnez un jour passé, avant celui de la nouvelle mesure.
improvement-error-not-in-place = Ce n’est pas encore en place : il n’y a rien à mesurer.
improvement-error-too-soon = Le jour de la nouvelle mesure n’est pas venu : un verdict ne se rend pas quand il arrange.
improvement-error-no-comparison = Rien à comparer : le jour de la nouvelle mesure précède la mise en place. Donnez un jour plus tardif dans le plan, puis mesurez ce jour-là.
improvement-error-lesson = Écrivez ce qu’on en retient, même si rien n’a changé.
improvement-error-reason = Dites pourquoi elle est abandonnée.
improvement-error-nothing-done = Rien n’est encore en place : il n’y a rien à dire aux clients.
improvement-error-unsaid = Écrivez d’abord « Vous avez dit » et « Nous avons fait ».
improvement-error-told = Les clients sont déjà prévenus : ces mots ne changent plus.
improvement-error-day = Donnez un jour, AAAA-MM-JJ.
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
    [one] une personne
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
mail-kind-improvement-told = Vous avez dit, nous avons fait
event-improvement-created = Amélioration décidée
event-improvement-changed = Amélioration modifiée
event-improvement-in-place = Amélioration en place
event-improvement-judged = Verdict rendu
event-improvement-worded = « Vous avez dit, nous avons fait » modifié
event-improvement-abandoned = Amélioration abandonnée
event-improvement-told = Clients prévenus d’une amélioration
