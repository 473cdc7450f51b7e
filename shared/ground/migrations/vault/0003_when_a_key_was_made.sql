-- What is left of a destroyed key says when that was, to the day, and nothing of when it was made: keys that were made together may be of one
-- person (decision 0022). Written in one transaction, so that none of them says which were destroyed together either.
update keys set made_at = destroyed_at where wrapped is null;
