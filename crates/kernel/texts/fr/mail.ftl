# Courrier électronique.
mail-error-address = Cette adresse e-mail ne peut pas recevoir de message. Écrivez par exemple prenom.nom@exemple.fr.
mail-error-address-control = L’adresse e-mail contient un retour à la ligne ou un caractère invisible. Retapez-la.
mail-error-address-several = Écrivez une seule adresse e-mail.
mail-error-subject = L’objet doit tenir sur une ligne, sans être vide.
mail-error-variable = Le texte contient une variable que rien ne remplit : { $name }. Complétez le texte, puis recommencez.
mail-error-bounced = Un message à cette adresse est revenu le { $day } : { $reason }. Corrigez l’adresse, ou effacez le retour dans la page des e-mails.
