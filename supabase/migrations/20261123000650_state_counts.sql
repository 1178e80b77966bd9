-- How many submissions are in each state, without counting them: the landing and the staff's queue ask at
-- every call. Changes are appended, never updated, so that writers do not wait for each other; the jobs
-- add them up.

create table app.state_counts (
  id bigint generated always as identity primary key,
  convocatoria_id uuid not null references app.convocatorias on delete cascade,
  state text not null,
  n bigint not null                -- the count is the sum over the rows of a state
);
create index on app.state_counts (convocatoria_id, state) include (n);
alter table app.state_counts enable row level security;

create function app.count_submission() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  if tg_op <> 'INSERT' then
    insert into app.state_counts (convocatoria_id, state, n) values (old.convocatoria_id, old.state, -1);
  end if;
  if tg_op <> 'DELETE' then
    insert into app.state_counts (convocatoria_id, state, n) values (new.convocatoria_id, new.state, 1);
  end if;
  return null;
end $$;
create trigger count_arrival after insert or delete on app.submissions
  for each row execute function app.count_submission();
create trigger count_change after update on app.submissions
  for each row when (old.state is distinct from new.state) execute function app.count_submission();

-- Adds up to 5,000 changes into one row a state; answers how many it took. A few are left alone.
create function app.compact_counts() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_taken int;
begin
  if (select count(*) from (select from app.state_counts limit 200) t) < 200 then return 0; end if;
  with taken as (
    delete from app.state_counts c where c.id in (
      select o.id from app.state_counts o order by o.id limit 5000 for update skip locked)
    returning c.convocatoria_id, c.state, c.n
  ), added as (
    insert into app.state_counts (convocatoria_id, state, n)
    select t.convocatoria_id, t.state, sum(t.n) from taken t group by t.convocatoria_id, t.state having sum(t.n) <> 0
  )
  select count(*) into v_taken from taken;
  return v_taken;
end $$;
