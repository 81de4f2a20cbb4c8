letter-title = Répondre par e-mail
letter-to = à { $address }
letter-subject-label = Objet
letter-body-label = Votre lettre
letter-subject = Suite à votre avis : { $title }
letter-hello = Bonjour { $name },
letter-begin =
    Bonjour { $name },


    { $author }
letter-must-hold = Ce que la lettre doit contenir
letter-facts = Les faits reconnus
letter-facts-how = Reprenez ce qui lui est arrivé : « Vous avez attendu… »
letter-feeling = Ce que le client a ressenti
letter-feeling-how = Dites que vous le comprenez, ou présentez des excuses.
letter-cause = La cause, expliquée
letter-cause-how = « C’est arrivé parce que… »
letter-change = Ce qui change
letter-change-how = « Désormais… »
letter-next = L’étape suivante, avec une date
letter-next-how = « Je vous rappelle mardi 14 mars. »
letter-vouch = C’est dit autrement
letter-vouched = dit autrement : { $elements }
letter-keep = Garder le brouillon
letter-kept = Brouillon gardé.
letter-kept-at = Brouillon gardé à { $time }.
letter-send = Envoyer la lettre
letter-leaving = La lettre part. Le client sera noté comme informé dès que le serveur de messagerie l’aura prise.
letter-on-its-way = Une lettre est en route. Le suivi pourra être clos dès qu’elle sera partie.
letter-no-address = Aucune adresse e-mail connue : écrivez ou appelez, puis notez ce qui a été dit.
letter-add-address = Ajouter une adresse
letter-other-draft = { $name } écrit aussi une lettre pour ce suivi (dernier brouillon : { $time }). Parlez-vous avant d’envoyer.
letter-error-subject = Donnez un objet à la lettre.
letter-error-body = La lettre est vide.
letter-error-address = Aucune adresse e-mail connue pour cette personne.
letter-error-facts = Il manque les faits : reconnaissez ce qui est arrivé, ou cochez « C’est dit autrement ».
letter-error-feeling = Il manque ce que le client a ressenti, ou cochez « C’est dit autrement ».
letter-error-cause = Il manque la cause, ou cochez « C’est dit autrement ».
letter-error-change = Il manque ce qui change, ou cochez « C’est dit autrement ».
letter-error-next = Il manque l’étape suivante avec une date, ou cochez « C’est dit autrement ».
letter-extension-subject = Votre demande prend plus de temps : { $title }
letter-extension-until = Nous vous répondrons au plus tard { $day }.
mail-kind-case-reply = Réponse à un client
mail-kind-case-extension = Délai prolongé
mail-kind-case-alert = Alerte d’échéance
