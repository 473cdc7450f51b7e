"""How many, how fast, and how it ended: concerns, cases, referrals and follow-ups over time."""
