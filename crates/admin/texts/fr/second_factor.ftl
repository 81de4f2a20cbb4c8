second-factor-title = Second facteur
second-factor-help = Après le mot de passe, un code à six chiffres pris sur votre téléphone. Qui devine votre mot de passe n’entre pas pour autant.
second-factor-none = Il vous faut une application d’authentification sur votre téléphone : celle du système, FreeOTP, Aegis ou une autre.
second-factor-owed = Votre rôle demande un second facteur : tout le reste s’ouvre dès qu’il est en place.
second-factor-removed-owed = Second facteur supprimé. Votre rôle en demande un : mettez-en un autre en place pour continuer.
second-factor-begin = Commencer
second-factor-already = Un second facteur est déjà en place : supprimez-le d’abord.
second-factor-scan = Ajoutez Bocal à votre application
second-factor-scan-help = Lisez ce dessin avec l’application, ou tapez-y la clé ci-dessous. Entrez ensuite le code qu’elle affiche.
second-factor-code = Code
second-factor-code-hint = Les six chiffres affichés par votre application, ou un code de secours.
second-factor-confirm = Vérifier et activer
second-factor-wrong = Ce code ne convient pas, ou il a déjà servi. Attendez le suivant et vérifiez l’heure de votre téléphone.
second-factor-since = Demandé à chaque connexion depuis { $since }.
second-factor-codes-left = { $n ->
    [0] Il ne vous reste aucun code de secours : créez-en de nouveaux.
    [1] Il vous reste un code de secours.
   *[other] Il vous reste { $n } codes de secours.
}
second-factor-renew = Créer de nouveaux codes de secours
second-factor-remove = Supprimer le second facteur
second-factor-removed = Second facteur supprimé : le mot de passe suffit de nouveau.
second-factor-removed-for = Second facteur supprimé. Cette personne peut en mettre un autre en place depuis son compte.
second-factor-codes = Vos codes de secours
second-factor-codes-help = Chacun remplace une fois le code du téléphone, s’il est perdu ou éteint. Imprimez-les ou rangez-les avec vos mots de passe.
second-factor-codes-once = Bocal ne les montre qu’ici : seule leur empreinte est gardée.
second-factor-back = Ils sont en lieu sûr, revenir au compte
sign-in-code-title = Votre code
sign-in-code-help = Le mot de passe est bon. Entrez maintenant le code de votre téléphone.
sign-in-code-lost = Téléphone perdu ? Entrez un code de secours, ou demandez à la personne qui administre Bocal de supprimer votre second facteur.
sign-in-code-back = Recommencer
account-second-factor-on = Un code du téléphone est demandé après le mot de passe.
account-second-factor-off = Le mot de passe suffit pour entrer.
people-second-factor-help = Un code du téléphone lui est demandé. À supprimer si le téléphone et les codes de secours sont perdus, et seulement après avoir reconnu la personne.
people-second-factor-remove = Supprimer son second facteur
event-colleague-second-factor-added = Second facteur mis en place
event-colleague-second-factor-removed = Second facteur supprimé
event-colleague-recovery-codes-renewed = Codes de secours renouvelés
event-colleague-recovery-code-used = Code de secours utilisé
