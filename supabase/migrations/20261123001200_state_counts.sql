-- The number of submissions in each state, and of those that arrived and were answered on each day in central Mexico, kept
-- without counting them: the landing, the staff's queue and the board ask at every call. Writers append changes and never
-- update a row, so they do not wait for each other; a job adds the changes up.

create table app.state_counts (
  id bigint generated always as identity primary key,
  convocatoria_id uuid not null references app.convocatorias on delete cascade,
  state text not null,
  n bigint not null,               -- the count of a state is the sum of n over its rows
  day date,                        -- on which the next two count; null: neither does
  arrived int not null default 0,
  answered int not null default 0
);
create index on app.state_counts (convocatoria_id, state) include (n);
alter table app.state_counts enable row level security;
comment on table app.state_counts is
  'Personal data: none. Readers: staff of the campaign. Kept: until it is folded. Deleted by:'
  ' app.compact_counts.';

-- What app.state_counts held of each day before it was folded. What is deleted later stays counted on its day.
create table app.day_counts (
  convocatoria_id uuid not null references app.convocatorias on delete cascade,
  day date not null,
  arrived bigint not null,
  answered bigint not null,
  primary key (convocatoria_id, day)
);
alter table app.day_counts enable row level security;
comment on table app.day_counts is
  'Personal data: none. Readers: staff of the campaign. Kept: with its campaign. Deleted by: public.delete_convocatoria.';

-- The state under which a submission counts. One in quarantine that waits counts as such, whatever its kind of campaign;
-- one that was dismissed counts nowhere that staff look, as its own state.
create function app.counted_state(p_state text, p_quarantined_at timestamptz) returns text
language plpgsql immutable set search_path = '' as $$
begin
  return case when p_quarantined_at is null then p_state when p_state = 'received' then 'quarantined' else 'dismissed' end;
end $$;

-- Counts one submission under its state. On the day of its arrival it counts as arrived while it is not in quarantine, on
-- the day of its answer as answered while that answer stands. `p_moves`: what changed, `arrival`, `answer` or neither.
create function app.count_as(p_submission app.submissions, p_sign int, p_moves text) returns void
language plpgsql volatile set search_path = '' as $$
begin
  insert into app.state_counts (convocatoria_id, state, n, day, arrived, answered)
  values (p_submission.convocatoria_id, app.counted_state(p_submission.state, p_submission.quarantined_at), p_sign,
    case p_moves when 'arrival' then app.local_day(p_submission.received_at)
      when 'answer' then app.local_day(p_submission.answered_at) end,
    case when p_moves = 'arrival' and p_submission.quarantined_at is null then p_sign else 0 end,
    case when p_moves = 'answer' and p_submission.answered_at is not null then p_sign else 0 end);
end $$;

create function app.count_submission() returns trigger
language plpgsql volatile set search_path = '' as $$
declare
  v_moves text;
begin
  if tg_op = 'INSERT' then
    perform app.count_as(new, 1, 'arrival');
  elsif tg_op = 'DELETE' then
    perform app.count_as(old, -1, null);
  else
    v_moves := case when old.quarantined_at is distinct from new.quarantined_at then 'arrival'
      when old.answered_at is distinct from new.answered_at then 'answer' end;
    perform app.count_as(old, -1, v_moves);
    perform app.count_as(new, 1, v_moves);
  end if;
  return null;
end $$;
create trigger count_arrival after insert or delete on app.submissions
  for each row execute function app.count_submission();
create trigger count_change after update on app.submissions
  for each row when ((old.state, old.quarantined_at) is distinct from (new.state, new.quarantined_at))
  execute function app.count_submission();

-- Adds up to 50,000 changes into one row per state and one per day; answers the number of changes taken. Fewer than 200 rows
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
    returning c.convocatoria_id, c.state, c.n, c.day, c.arrived, c.answered
  ), added as (
    insert into app.state_counts (convocatoria_id, state, n)
    select t.convocatoria_id, t.state, sum(t.n) from taken t group by t.convocatoria_id, t.state having sum(t.n) <> 0
  ), days as (
    insert into app.day_counts as d (convocatoria_id, day, arrived, answered)
    select t.convocatoria_id, t.day, sum(t.arrived), sum(t.answered) from taken t where t.day is not null
    group by t.convocatoria_id, t.day
    on conflict (convocatoria_id, day)
      do update set arrived = d.arrived + excluded.arrived, answered = d.answered + excluded.answered
  )
  select count(*) into v_taken from taken;
  return v_taken;
end $$;

-- The days from p_from to p_until, each with what arrived and what was answered.
create function app.days_of(p_convocatoria uuid, p_from date, p_until date)
returns table (day date, arrived bigint, answered bigint)
language sql stable set search_path = '' as $$
  select g.day::date, coalesce(sum(c.arrived), 0)::bigint, coalesce(sum(c.answered), 0)::bigint
  from generate_series(p_from, p_until, interval '1 day') g (day) left join (
    select d.day, d.arrived, d.answered from app.day_counts d where d.convocatoria_id = p_convocatoria
      and d.day between p_from and p_until
    union all
    select s.day, s.arrived, s.answered from app.state_counts s where s.convocatoria_id = p_convocatoria
      and s.day between p_from and p_until) c on c.day = g.day::date
  group by g.day order by g.day
$$;

insert into app.due_jobs (position, name, handler) values (40, 'counts_compacted', 'compact_counts');
