-- What a tenancy began with, where somebody who was homeless moved in, is one matter here however often it is told (domain.md S16). Its id is
-- made of nothing; that it began with this tenancy is known here only, also when it turned out to be about another one.
create unique index one_welcome_of_a_tenancy on links (association, id)
  where matter_kind = 'observation' and about = 'tenancy' and role = 'welcomed';
