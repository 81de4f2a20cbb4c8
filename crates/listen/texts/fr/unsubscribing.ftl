# Page publique : ne plus être interrogé.
unsubscribe-ask = Ne plus recevoir ces messages ?
unsubscribe-ask-detail = { $organisation } ne vous demandera plus votre avis. Appuyez sur le bouton pour confirmer.
unsubscribe-button = Ne plus m’interroger
unsubscribe-done = C’est noté
unsubscribe-done-detail = { $organisation } ne vous demandera plus votre avis.
unsubscribe-unknown = Ce lien ne mène nulle part
unsubscribe-unknown-detail = Il est incomplet ou n’est plus valable. Ouvrez-le depuis le message reçu, ou répondez à ce message.
unsubscribe-source = lien de désinscription d’un e-mail
