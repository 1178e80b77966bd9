-- The number of submissions in each state, kept without counting them: the landing and the staff queue ask at
-- every call. Writers append changes and never update a row, so they do not wait for each other; a job adds
-- the changes up.

create table app.state_counts (
  id bigint generated always as identity primary key,
  convocatoria_id uuid not null references app.convocatorias on delete cascade,
  state text not null,
  n bigint not null                -- the count of a state is the sum of n over its rows
);
create index on app.state_counts (convocatoria_id, state) include (n);
alter table app.state_counts enable row level security;
comment on table app.state_counts is
  'Personal data: none. Readers: staff of the campaign. Kept: until it is folded. Deleted by:'
  ' app.compact_counts.';

-- The state under which a submission counts. One in quarantine that waits counts as such, whatever its kind of campaign;
-- one that was dismissed counts nowhere that staff look, as its own state.
create function app.counted_state(p_state text, p_quarantined_at timestamptz) returns text
language plpgsql immutable set search_path = '' as $$
begin
  return case when p_quarantined_at is null then p_state when p_state = 'received' then 'quarantined' else 'dismissed' end;
end $$;

create function app.count_submission() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  if tg_op <> 'INSERT' then
    insert into app.state_counts (convocatoria_id, state, n)
    values (old.convocatoria_id, app.counted_state(old.state, old.quarantined_at), -1);
  end if;
  if tg_op <> 'DELETE' then
    insert into app.state_counts (convocatoria_id, state, n)
    values (new.convocatoria_id, app.counted_state(new.state, new.quarantined_at), 1);
  end if;
  return null;
end $$;
create trigger count_arrival after insert or delete on app.submissions
  for each row execute function app.count_submission();
create trigger count_change after update on app.submissions
  for each row when ((old.state, old.quarantined_at) is distinct from (new.state, new.quarantined_at))
  execute function app.count_submission();

-- Adds up to 50,000 changes into one row per state; answers the number of changes taken. Fewer than 200 rows
-- stay as they are.
create function app.compact_counts() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_taken int;
begin
  if (select count(*) from (select from app.state_counts limit 200) t) < 200 then return 0; end if;
  with taken as (
    delete from app.state_counts c where c.id in (
      select o.id from app.state_counts o order by o.id limit 50000 for update skip locked)
    returning c.convocatoria_id, c.state, c.n
  ), added as (
    insert into app.state_counts (convocatoria_id, state, n)
    select t.convocatoria_id, t.state, sum(t.n) from taken t group by t.convocatoria_id, t.state having sum(t.n) <> 0
  )
  select count(*) into v_taken from taken;
  return v_taken;
end $$;

insert into app.due_jobs (position, name, handler) values (40, 'counts_compacted', 'compact_counts');
