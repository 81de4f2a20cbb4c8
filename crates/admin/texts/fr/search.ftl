search-title = Chercher
search-help = Un client, une enquête, une page, une action : quelques lettres suffisent, accents et majuscules sont indifférents.
search-go = Aller à
search-do = Faire
search-nothing = Rien ne porte ce nom. Essayez moins de lettres.
search-nothing-for = Rien ne correspond à « { $q } »
search-nothing-help = Essayez une partie du nom, un numéro de téléphone, une adresse e-mail.
search-see-all = Tout voir
