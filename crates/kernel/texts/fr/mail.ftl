# Courrier électronique.
mail-error-address = Cette adresse e-mail ne peut pas recevoir de message. Écrivez par exemple prenom.nom@exemple.fr.
mail-error-address-control = L’adresse e-mail contient un retour à la ligne ou un caractère invisible. Retapez-la.
mail-error-address-several = Écrivez une seule adresse e-mail.
mail-error-subject = L’objet doit tenir sur une ligne, sans être vide.
mail-error-variable = Le texte contient une variable que rien ne remplit : { $name }. Complétez le texte, puis recommencez.
mail-error-bounced = Un message à cette adresse est revenu le { $day } : { $reason }. Corrigez l’adresse, ou effacez le retour dans la page des e-mails.
mail-unsubscribe = Ne plus recevoir ces messages
mail-error-not-sent = Ce message n’est pas encore parti : il ne peut pas être revenu.
mail-error-not-open = Ce message n’attend aucune décision : il est parti, ou va partir.
mail-error-reason = Dites pourquoi le message est revenu, par exemple « boîte inconnue ».
mail-error-notice-unknown = Cet avis ne correspond à aucun message envoyé d’ici.
mail-error-notice = Ce fichier n’est pas un avis de non-distribution. Enregistrez l’avis reçu, avec ses pièces jointes, puis recommencez.
mail-error-notice-delayed = Cet avis parle d’un retard : le serveur essaie encore, rien n’est noté.
mail-test-subject = Essai d’envoi de { $organisation }
mail-test = Ce message montre que Bocal sait écrire par e-mail. Vous n’avez rien à faire.
