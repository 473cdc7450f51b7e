"""What was heard → one small row for each case, referral, follow-up and notice."""
