actor-user = Collègue
actor-token = Programme
actor-system = Bocal
actor-public = Public
