actor-user = Colleague
actor-token = Program
actor-system = Bocal
actor-public = Public
