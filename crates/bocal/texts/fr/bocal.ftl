demo-making = La démonstration se prépare : dix-huit mois d’une coopérative imaginaire…
demo-ready = La démonstration est prête. Choisissez une personne et entrez d’un clic : { $address }
demo-visitor = Pour répondre à la place d’une cliente ou d’un client invité hier :
demo-afresh-server = Sur un serveur PostgreSQL, videz vous-même le schéma : rien n’y est supprimé d’ici.
demo-afresh-other = { $file } n’est pas une démonstration : rien n’a été supprimé.
demo-source-card = Demande de carte d’adhérent
demo-source-refusal = À sa demande
demo-survey-relation = Relation, chaque trimestre
demo-survey-contact = Après un contact
demo-survey-effort = Après une demande
demo-survey-code = Code imprimé, en magasin
demo-title-director = Directrice
demo-title-manager = Relation clients
demo-title-manager-site = Responsable au { $site }
demo-title-marketer = Marketing et fidélité
demo-title-analyst = Études
demo-title-admin = Informatique
demo-title-adviser = Conseil, tous sites
demo-title-adviser-site = Conseil au { $site }
cli-none-named = « { $typed } » n’est pas parmi les { $what } : { $known }.
cli-several-named = Plusieurs s’appellent « { $typed } » : donnez plutôt l’identifiant, parmi { $ids }.
cli-what-owner = collègues
cli-what-site = sites
cli-what-team = équipes
cli-cases-none = Aucun suivi ne correspond.
cli-cases-count =
    { $n ->
        [1] Un suivi.
       *[other] { $n } suivis.
    }
cli-cases-more = D’autres suivis viennent après ces { $n }. Pour continuer : --cursor { $cursor }
cli-case-unknown = Aucun suivi ne porte la référence { $reference }. « bocal case list --search MOTS » en trouve un par le client ou le titre.
cli-customer-unknown = Aucun client n’a le numéro ou l’identifiant « { $typed } ». « bocal export customers » donne leurs numéros.
cli-board-figure = Chiffre
cli-board-value = Valeur
cli-board-of = Suivis
cli-board-rest = Laissés de côté ou encore ouverts
cli-board-period = Suivis ouverts du { $from } au { $to }, { $population }
cli-output-lost = La sortie standard n’a pas tout reçu : { $why }
bench-cannot-write = { $name } ne peut pas être écrit : { $why }
