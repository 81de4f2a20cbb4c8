account-help = Vous vous connectez avec { $email }. Pour changer d’adresse ou de rôle, demandez à un administrateur.
account-me = Vous
account-name = Nom
account-title-label = Fonction
account-title-label-hint = En quelques mots, telle que vos collègues la disent.
account-changed = Compte enregistré.
account-password-title = Mot de passe
account-password-current = Mot de passe actuel
account-password-submit = Changer le mot de passe
account-password-changed = Mot de passe changé, les autres sessions sont fermées.
account-password-wrong = Ce n’est pas votre mot de passe actuel.
account-no-password = Ce compte n’a pas de mot de passe : c’est une personne de la démonstration.
account-sessions = Où vous êtes connecté
account-sessions-end-others = Fermer toutes les autres
account-sessions-ended = { $n ->
    [0] Aucune autre session n’était ouverte.
    [1] Une session fermée.
   *[other] { $n } sessions fermées.
}
account-session-browser = Navigateur
account-session-address = Adresse réseau
account-session-began = Depuis
account-session-seen = Dernière activité
account-session-this = ici
account-session-end = Fermer la session
account-session-ended = Session fermée.
account-browser-unknown = Navigateur inconnu
account-language = Langue
account-theme = Apparence
account-theme-system = Comme le système
account-theme-light = Claire
account-theme-dark = Sombre
account-error-theme = Choisissez l’apparence claire, sombre ou celle du système.
event-colleague-password-changed = Mot de passe changé
