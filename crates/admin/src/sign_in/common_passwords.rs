//! The passwords of twelve letters and more that everybody tries first, bare (lower case, letters and digits).

/// Each bare, in no order.
pub(super) const COMMON: &[&str] = &[
    "123456789012", "1234567890123", "12345678901234", "1234567890123456", "012345678910", "123123123123",
    "121212121212", "112233445566", "123456123456", "987654321098", "1q2w3e4r5t6y", "1qaz2wsx3edc", "qwertyuiop12",
    "qwertyuiop123", "qwertyuiop123456", "qwertyuiopasdf", "qwerty123456", "qwerty1234567", "azertyuiop12",
    "azertyuiop123", "azertyuiopqsdf", "azerty123456", "azerty1234567", "azertyazerty", "qwertyqwerty",
    "motdepasse12", "motdepasse123", "motdepasse1234", "monmotdepasse", "lemotdepasse", "motdepassemotdepasse",
    "nouveaumotdepasse", "changezmoi12", "changezmoi123", "changeme1234", "changemenow1", "password1234", "password12345",
    "password123456", "passwordpassword", "passw0rd1234", "mypassword123", "letmeinletmein", "administrateur",
    "administrator", "administrator1", "administrator123", "administrateur1", "administrateur123", "admin1234567",
    "admin12345678", "adminadminadmin", "adminadmin123", "bienvenue123", "bienvenue1234", "bienvenue2024",
    "bienvenue2025", "bienvenue2026", "welcome12345", "welcome123456", "welcomewelcome", "iloveyou1234",
    "iloveyouiloveyou", "jetaimejetaime", "jetaime12345", "jetaime123456", "soleil123456", "doudou123456",
    "marseille1234", "chocolat1234", "loulou123456", "coucoucoucou", "coucou123456", "bonjourbonjour",
    "bonjour12345", "bonjour123456", "football1234", "superman1234", "princess1234", "princesse123", "dragon123456",
    "monkey123456", "abcdefghijkl", "abcdefghijklm", "abcdefghijklmnop", "abcdef123456", "abc123abc123", "abcd12345678",
    "aaaaaabbbbbb", "qsdfghjklmqs", "wxcvbnwxcvbn", "correcthorsebatterystaple", "unephraseassezlongue", "bocalbocalbocal",
    "bocal1234567", "bocal12345678", "trustno1trustno1", "computer1234", "internet1234", "secret123456", "testtesttest",
    "test12345678", "test123456789", "demonstration", "demonstration1", "demonstration123",
];
