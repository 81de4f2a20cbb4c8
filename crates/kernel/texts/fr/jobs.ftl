job-state-waiting = En attente
job-state-running = En cours
job-state-done = Fini
job-state-failed = Échoué
job-state-cancelled = Arrêté
job-error-unknown = Cette version de Bocal ne connaît pas ce travail.
