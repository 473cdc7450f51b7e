-- What began with the ERP saying that a tenancy is in arrears is one matter for each month in which it says so, however often it does. The
-- first 15 letters of the role are the word and the month; behind them stands for how many months rent is owed.
create unique index one_arrears_of_a_tenancy_and_month on links (association, id, left(role, 15))
  where matter_kind = 'observation' and about = 'tenancy' and role like 'arrears %';
