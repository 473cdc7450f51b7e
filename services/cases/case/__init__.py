"""A concern and what comes of it: triage, leave, referral, help, follow-up, and the end."""
