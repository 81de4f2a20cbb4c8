# `bocal link` : tout ce que la commande dit.

link-explain-same = Les lignes { $first } et { $second } sont tenues pour la même personne : la probabilité est de { $percent }.
link-explain-always = Les lignes { $first } et { $second } sont réunies parce que vous l’avez décidé (liste --always). D’après ce qu’elles contiennent, la probabilité serait de { $percent }.
link-explain-by-others =
    { $count ->
        [0] Les lignes { $first } et { $second } sont dans un même groupe. La probabilité de cette paire, à elle seule, est de { $percent }.
        [1] Les lignes { $first } et { $second } sont tenues pour la même personne, parce qu’une autre ligne les relie : { $between }. La probabilité de cette paire, à elle seule, est de { $percent }.
       *[other] Les lignes { $first } et { $second } sont tenues pour la même personne, parce que d’autres lignes les relient : { $between }. La probabilité de cette paire, à elle seule, est de { $percent }.
    }
link-explain-never = Les lignes { $first } et { $second } restent séparées parce que vous l’avez décidé (liste --never). D’après ce qu’elles contiennent, la probabilité qu’elles soient la même personne serait de { $percent }.
link-explain-apart = Les lignes { $first } et { $second } restent séparées, bien que la probabilité soit de { $percent } : chacune ressemble à d’autres lignes, et ces lignes se contredisent.
link-explain-apart-one-to-one = Les lignes { $first } et { $second } restent séparées, bien que la probabilité soit de { $percent } : une ligne n’a qu’une correspondance dans l’autre fichier, et une autre convient mieux.
link-explain-apart-same-file = Les lignes { $first } et { $second } restent séparées, bien que la probabilité soit de { $percent } : elles sont du même fichier, et deux lignes d’un même fichier ne sont réunies que par une ligne de l’autre.
link-explain-review = On ne peut pas affirmer que les lignes { $first } et { $second } sont la même personne : la probabilité est de { $percent }, sous le seuil de { $threshold }.
link-explain-different = Les lignes { $first } et { $second } ne sont pas tenues pour la même personne : la probabilité qu’elles le soient est de { $percent }.
link-explain-for = Ce qui plaide pour une seule personne :
link-explain-against = Ce qui plaide contre :
link-explain-neutral = Ce qui ne plaide ni pour ni contre :
link-explain-nothing-for = Rien ne plaide pour une seule personne.
link-explain-nothing-against = Rien ne plaide contre.
link-explain-line = { $field } : { $found }{ $values }
link-explain-value = { " " }({ $value })
link-explain-values = { " " }({ $left } / { $right })
link-explain-value-in = { " " }({ $value } ; dans { $n } lignes sur { $all })
link-explain-values-in = { " " }({ $left } / { $right } ; dans { $n } lignes sur { $all })
link-explain-copies = Tout ce qui est comparé est identique dans les deux lignes : l’une est la copie de l’autre.
link-explain-too-little = Ce qui concorde ne suffit pas pour réunir deux lignes parmi { $n }.
link-explain-family = Les membres d’une même famille partagent une partie de ces ressemblances : elles comptent donc moins.
link-explain-rivals = Une autre ligne correspond aussi bien ou mieux, et une ligne n’a qu’une correspondance dans l’autre fichier. Sans cela, la probabilité serait de { $percent }.
link-explain-not-household = S’il s’agissait de deux personnes, elles seraient sans doute d’un même foyer.
link-explain-not-relatives = S’il s’agissait de deux personnes, elles seraient sans doute de la même famille, sans vivre ensemble.
link-explain-not-namesakes = S’il s’agissait de deux personnes, ce seraient sans doute des homonymes.
link-explain-not-strangers = S’il s’agissait de deux personnes, elles n’auraient sans doute aucun lien entre elles.
link-explain-rather-household = Il s’agit plutôt de deux personnes d’un même foyer, par exemple un couple, ou un parent et son enfant.
link-explain-rather-relatives = Il s’agit plutôt de deux personnes de la même famille, qui ne vivent pas ensemble.
link-explain-rather-namesakes = Il s’agit plutôt de deux homonymes.
link-explain-rather-strangers = Il s’agit plutôt de deux personnes sans lien entre elles.
link-explain-look = Cette paire est à regarder. Une fois tranchée, notez-la dans une liste : --always si c’est la même personne, --never sinon. La décision vaudra pour les fois suivantes.
link-row = « { $name } »
link-row-of = « { $name } » ({ $file })
link-more-than = plus de { $percent }
link-just-below = près de { $percent }
link-less-than = moins de { $percent }

link-field-given_name = Prénom
link-field-family_name = Nom
link-field-birth_date = Date de naissance
link-field-email = Adresse électronique
link-field-phone = Téléphone
link-field-address = Adresse
link-field-identifier = Numéro « { $column } »
link-field-category = « { $column } »
link-field-text = « { $column } »
link-field-number = « { $column } »
link-field-day = « { $column } »

link-level-same = identique
link-level-one_slip = identique à une faute de frappe près
link-level-other_form = deux formes d’un prénom, ou l’un de plusieurs prénoms
link-level-alike = proche
link-level-loosely_alike = vaguement proche
link-level-initial = l’un est l’initiale de l’autre
link-level-swapped = nom et prénom inversés
link-level-part = l’un est une partie de l’autre
link-level-another_name = un autre prénom
link-level-different = ne concorde pas
link-level-missing = donné des deux côtés, mais sans valeur de preuve
link-level-same_name = même nom chez un autre fournisseur
link-level-same_street = même rue, autre numéro
link-level-same_place = même commune ou même code postal
link-level-other_street_of_place = même commune, autre rue
link-level-near = à proximité
link-level-next_day = à un jour d’écart
link-level-same_year = même année
link-level-two_parts = deux éléments identiques parmi le jour, le mois et l’année
link-level-most_words = la plupart des mots sont les mêmes
link-level-some_words = quelques mots sont les mêmes
link-level-day_before = à un jour d’écart
link-level-3_days_before = à trois jours d’écart au plus
link-level-a_week_before = à une semaine d’écart au plus
link-level-a_month_before = à un mois d’écart au plus
link-level-within_3_days = à trois jours près
link-level-within_a_week = à une semaine près
link-level-within_two_weeks = à deux semaines près
link-level-within_a_month = à un mois près
link-level-one_year = à un an près
link-level-within_3_years = à trois ans près
link-level-within_10_years = à dix ans près
link-level-within-percent = à { $n } % près

link-strength-decisive = Cela pèse très lourd.
link-strength-strong = Cela pèse lourd.
link-strength-fair = Cela pèse un peu.
link-strength-slight = Cela pèse très peu.

link-file = { $name } : { $facts }
link-file-encoding = encodage { $name }
link-file-mark = marque d’ordre des octets
link-file-delimiter = séparateur { $name }
link-file-named-at = noms des colonnes à la ligne { $line }
link-file-no-names = sans noms de colonnes
link-file-columns =
    { $n ->
        [one] { $n } colonne
       *[other] { $n } colonnes
    }
link-delimiter-comma = virgule
link-delimiter-semicolon = point-virgule
link-delimiter-tab = tabulation
link-delimiter-bar = barre verticale
link-delimiter-sign = « { $sign } »
link-delimiter-number = caractère { $number }
link-standard-input = entrée standard
link-standard-output = sortie standard
link-notice-utf-8 = ce que la commande écrit est en UTF-8
link-notice-two-encodings =
    { $n ->
        [one] deux encodages : { $n } ligne est lue en { $encoding } (ligne { $lines })
       *[other] deux encodages : { $n } lignes sont lues en { $encoding } (lignes { $lines })
    }
link-notice-renamed = colonnes de même nom, appelées ici { $names }
link-notice-unnamed = colonnes sans nom, appelées ici { $names }
link-notice-title =
    { $n ->
        [one] { $n } ligne au-dessus des noms de colonnes est laissée de côté
       *[other] { $n } lignes au-dessus des noms de colonnes sont laissées de côté
    }
link-why-told = comme vous l’avez dit
link-why-truth = la vérité, jamais un indice
link-why-name = d’après son nom
link-why-name-and-values = d’après son nom et ses valeurs
link-why-values = d’après ses valeurs
link-why-all-distinct = une valeur différente à chaque ligne
link-why-empty = sans valeur dans les premières lignes
link-why-nothing = rien ne dit ce qu’elle contient
link-order-day-first = jour en premier
link-order-month-first = mois en premier
link-order-year-first = année en premier
link-order-serial = nombres d’un tableur
link-more-columns =
    { $n ->
        [one] … et { $n } autre
       *[other] … et { $n } autres
    }
link-blank-lines =
    { $n ->
        [one] { $name } : { $n } ligne vide n’est pas comptée
       *[other] { $name } : { $n } lignes vides ne sont pas comptées
    }
link-kept-out =
    { $n ->
        [one] { $name } : { $n } ligne est écartée
       *[other] { $name } : { $n } lignes sont écartées
    }
link-kept-out-more =
    { $n ->
        [one] … et { $n } autre (--report en donne jusqu’à 1 000)
       *[other] … et { $n } autres (--report en donne jusqu’à 1 000)
    }
link-bad-row = ligne { $line } : { $why }
link-bad-cells =
    { $found ->
        [one] elle a { $found } cellule au lieu de { $expected }
       *[other] elle a { $found } cellules au lieu de { $expected }
    }
link-bad-bytes = elle contient des octets qui n’ont pas de sens dans cet encodage
link-bad-quote = un guillemet y est ouvert et jamais fermé

link-stage-reading = lecture
link-stage-sorting = tri
link-stage-comparing = comparaison
link-stage-learning = apprentissage
link-stage-gathering = regroupement
link-stage-writing = écriture
link-stage-pairs = écriture des paires

link-total-rows =
    { $n ->
        [one] { $n } ligne
       *[other] { $n } lignes
    }
link-total-people =
    { $n ->
        [one] { $n } personne
       *[other] { $n } personnes
    }
link-total-same =
    { $n ->
        [one] { $n } paire de lignes d’une même personne
       *[other] { $n } paires de lignes d’une même personne
    }
link-total-review =
    { $n ->
        [one] { $n } paire à regarder
       *[other] { $n } paires à regarder
    }
link-total-limits = (seuil { $threshold } ; à regarder à partir de { $review })
link-learnt-nothing = Ce fichier ne montre pas assez comment varient les lignes d’une même personne : les valeurs usuelles servent à la place. Regardez quelques paires avant de vous y fier, ou prenez le modèle d’un fichier du même genre (--model).
link-model-lacks = Le modèle ne connaît pas ces champs, pour lesquels valent les valeurs usuelles : { $fields }.
link-model-has-more = Le modèle connaît des champs qui ne sont pas comparés ici : { $fields }.
link-total-seconds = { $n } s
link-measure-pairs = paires de lignes
link-measure-rows = lignes (B³)
link-measure-threshold = seuil
link-measure-precision = précision
link-measure-recall = rappel
link-measure-f1 = F1
link-measure-chosen = choisi
link-said = Ce que valent les probabilités : paires trouvées, probabilité annoncée en moyenne, part réellement de la même personne
link-said-probability = probabilité
link-said-between = { $from } à { $until }
link-said-pairs = paires
link-said-mean = annoncée
link-said-right = réelle

link-cannot-be-read = { $name } ne peut pas être lu :
link-cannot-be-written = { $name } : écriture impossible,
link-standard-output-lost = La sortie standard n’a pas tout reçu :
link-reason-not-found = ce fichier ou ce dossier n’existe pas.
link-reason-permission = l’accès est refusé.
link-reason-full = il n’y a plus de place sur le disque.
link-reason-folder = c’est un dossier.
link-reason-not-a-folder = une partie du chemin n’est pas un dossier.
link-reason-read-only = le disque est en lecture seule.
link-reason-other = { $why }.
link-line-too-long = la ligne { $line } dépasse 64 Mo.
link-quotes-never-closed = trop de guillemets ne sont jamais fermés, le dernier à la ligne { $line }. Le séparateur est-il le bon ?
link-empty = { $name } est vide.
link-only-names = { $name } ne contient que les noms de ses colonnes, sans aucune ligne dessous.
link-not-a-table = { $name } n’est pas un tableau de texte ; enregistrez-le en CSV.
link-workbook = { $name } est un classeur ou une archive ; enregistrez sa feuille en CSV.
link-old-workbook = { $name } est un ancien classeur Excel ; enregistrez sa feuille en CSV.
link-wrong-encoding = { $name } ne peut pas être lu en { $encoding } : { $damaged } lignes sur { $lines } contiennent des octets qui n’y ont pas de sens. Donnez son encodage avec --encoding.
link-no-copy = Une copie temporaire ne peut pas être écrite dans { $folder } :
link-no-copy-tmpdir = TMPDIR désigne un autre dossier.
link-too-many-rows = Il y a plus de 4 294 967 294 lignes ; partagez le fichier.
link-no-usable-row = { $name } n’a aucune ligne utilisable.
link-no-usable-row-first =
    { $n ->
        [one] { $n } ligne est écartée, la ligne { $line } :
       *[other] { $n } lignes sont écartées, la première à la ligne { $line } :
    }
link-changed = { $name } a changé pendant la lecture ; recommencez.
link-one-standard-input = Un seul fichier peut venir de l’entrée standard.
link-output-is-folder = { $name } ne peut pas être écrit : c’est un dossier.
link-output-not-compressed = { $name } : la commande n’écrit pas de fichiers compressés ; donnez un nom sans .gz.
link-would-be-overwritten = { $name } est lu par cette commande et serait écrasé : donnez un autre nom.
link-two-outputs = Deux fichiers seraient écrits au même endroit, { $name } : donnez-leur deux noms.
link-two-to-standard-output = Un seul fichier peut aller vers la sortie standard.
link-interrupted = Interrompu. Aucun fichier n’est resté à moitié écrit.
link-interrupted-left = Interrompu. { $name } est resté à moitié écrit : supprimez-le.
link-review-above = --review { $review } ne peut pas dépasser le seuil { $threshold }.
link-truth-blank = La colonne de vérité « { $column } » est vide à chaque ligne.
link-truth-in-both = La colonne de vérité « { $column } » doit être dans les deux fichiers.
link-no-column = Aucune colonne ne s’appelle « { $column } ».
link-columns-there = Colonnes de { $name } : { $columns }.
link-columns-form = --columns : « { $part } » n’a pas la forme NATURE=COLONNE, comme first_name=prenom.
link-columns-unknown = --columns : « { $kind } » n’est pas une nature de colonne. Il y a : { $kinds }.
link-columns-near = --columns : « { $kind } » n’est pas une nature de colonne. Vouliez-vous dire { $near }={ $column } ? Il y a : { $kinds }.
link-columns-turned = --columns : « { $kind } » n’est pas une nature de colonne. Vouliez-vous dire { $column }={ $kind } ? Il y a : { $kinds }.
link-columns-twice = --columns : la colonne « { $column } » est donnée deux fois, comme { $first } et comme { $second }.
link-row-no-line = Aucune ligne utilisable ne commence à { $name }.
link-row-no-id = Aucune ligne n’a « { $name } » dans la colonne « { $column } » ; line:12 désigne la ligne 12 du fichier.
link-row-no-ids = Aucune colonne ne numérote les lignes, donc « { $name } » est introuvable. Écrivez line:12 pour la ligne 12 du fichier, ou nommez la colonne avec --columns row_id=COLONNE.
link-row-several = Plusieurs lignes répondent à « { $name } » : { $places }. Désignez-en une ainsi.
link-same-row = Les deux désignent la même ligne.
link-list-two-columns = { $name } doit avoir deux colonnes : les deux lignes de chaque paire.
link-list-line = { $name }, ligne { $line } :
link-list-no-file = aucun des fichiers ne s’appelle « { $name } ». Il y a : { $files }.
link-list-first-line = { $name } : la première ligne est prise pour les noms des colonnes
link-lists-contradict = Les listes se contredisent. { $never }, ligne { $line }, sépare « { $a } » et « { $b } », que { $always } réunit par { $pairs } (ligne { $lines }). Retirez l’un ou l’autre.
link-model-unreadable = Le modèle { $name } ne peut pas être lu :
link-model-cut-off = Le modèle { $name } est tronqué : il manque sa fin.
link-model-no-model = { $name } n’est pas un modèle enregistré par bocal link.
link-model-other-version = Le modèle { $name }, de version { $version }, ne peut pas servir : { $why }.
link-model-unusable = Le modèle { $name } ne peut pas servir : { $why }.
link-why-no-number = Ce n’est pas un nombre.
link-why-no-probability = Une probabilité est comprise entre 0 et 1, par exemple 0,9.
link-why-no-delimiter = Donnez un seul caractère, par exemple ; ou le mot tab.
link-why-no-language = Il y a fr et en.
link-why-no-encoding = Sont connus UTF-8, UTF-16, windows-1252, ISO-8859-1, macintosh et leurs semblables.
