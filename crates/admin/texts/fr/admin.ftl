admin-save = Enregistrer
admin-add = Ajouter
admin-cancel = Annuler
admin-find = Chercher
admin-clear = Tout voir
admin-state = État
admin-actions = Actions
admin-copy = Copier
admin-copied = Copié
admin-yes = oui
admin-no = non
admin-newest = Plus récents
admin-older = Plus anciens
admin-error-required =
    { $field ->
        [organisation] Donnez le nom de l’organisation.
        [person] Donnez votre nom.
       *[other] Ce champ est nécessaire.
    }
admin-error-too-long = { $most } caractères au plus.
admin-error-email = Ceci n’est pas une adresse e-mail. Écrivez par exemple lise.armel@exemple.fr.
admin-language-fr = Français
admin-language-en = English
admin-currency-EUR = Euro (EUR)
admin-currency-CAD = Dollar canadien (CAD)
admin-currency-CHF = Franc suisse (CHF)
admin-currency-USD = Dollar américain (USD)
job-admin-sweep = Ménage quotidien
job-admin-seal = Scellement du journal
