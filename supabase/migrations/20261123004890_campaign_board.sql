-- What staff see of a campaign as a whole. A call reads counters, the 1,000 oldest open submissions, and what a job counted
-- over all rows, so it costs the same whatever a campaign holds.

-- Counting --------------------------------------------------------------------------------------------------

-- What was last counted over all rows of a campaign.
create table app.board_figures (
  convocatoria_id uuid primary key references app.convocatorias on delete cascade,
  counted_at timestamptz not null,
  seen jsonb not null,             -- the counts by state at that time
  figures jsonb not null
);
alter table app.board_figures enable row level security;
comment on table app.board_figures is
  'Personal data: none. Readers: staff of the campaign. Kept: with its campaign. Deleted by: public.delete_convocatoria.';

-- {state: how many}; `quarantined` and `dismissed` are states of their own here.
create function app.state_figures(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(jsonb_object_agg(c.state, c.count), '{}') from (select s.state, sum(s.n) as count
    from app.state_counts s where s.convocatoria_id = p_convocatoria group by s.state having sum(s.n) > 0) c);
end $$;

-- Letters about the campaign's submissions in the last 30 days, after which they are swept: {sent, arrived, returned, waiting,
-- retrying, doubtful, failed}. `sent`: the mail service took them and none came back, among them those that `arrived` as it
-- said. `doubtful`: nobody knows whether they left. `failed`: the sender gave up. `unusable`: people whose address no letter
-- can reach. A letter that gathers several notices belongs to no submission and counts nowhere.
create function app.letter_figures(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('sent', count(*) filter (where m.sent_at is not null and m.returned_at is null),
      'arrived', count(*) filter (where m.arrived_at is not null and m.returned_at is null),
      'returned', count(*) filter (where m.returned_at is not null),
      'waiting', count(*) filter (where m.sent_at is null and m.dead_at is null and m.handed_at is null and m.last_error is null),
      'retrying', count(*) filter (where m.sent_at is null and m.dead_at is null and m.handed_at is null and m.last_error is not null),
      'doubtful', count(*) filter (where m.sent_at is null and m.dead_at is null and m.handed_at is not null),
      'failed', count(*) filter (where m.dead_at is not null and m.returned_at is null))
    from app.mail_queue m join app.submissions s on s.id = m.submission_id
    where s.convocatoria_id = p_convocatoria and m.push is null)
    || (select jsonb_build_object('unusable', count(*)) from app.submissions s join app.contacts p on p.submission_id = s.id
      where s.convocatoria_id = p_convocatoria and p.email_unusable and s.state <> 'withdrawn');
end $$;

-- The hours from arrival to answer, of half of the answers at most; null without any.
create function app.median_hours(p_convocatoria uuid) returns numeric
language plpgsql stable set search_path = '' as $$
begin
  return (select round((percentile_cont(0.5) within group (order by extract(epoch from s.answered_at - s.received_at)) / 3600)::numeric, 1)
    from app.submissions s where s.convocatoria_id = p_convocatoria and s.answered_at is not null);
end $$;

create function app.count_campaign(p_convocatoria uuid, p_function text) returns void
language plpgsql volatile set search_path = '' as $$
begin
  insert into app.board_figures as f (convocatoria_id, counted_at, seen, figures)
  values (p_convocatoria, app.now(), app.state_figures(p_convocatoria), jsonb_build_object(
      'letters', app.letter_figures(p_convocatoria), 'median_hours', app.median_hours(p_convocatoria))
    || coalesce(app.call_kind_function(p_function, p_convocatoria), '{}'))
  on conflict (convocatoria_id) do update
    set counted_at = excluded.counted_at, seen = excluded.seen, figures = excluded.figures;
end $$;

-- Counts the campaigns whose submissions changed: after a minute, and after one more for each 20,000 submissions that it
-- has. One that did not change is counted every 10 minutes until 90 days after its end: letters and files change too.
create function app.count_figures() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_due record;
  v_count int := 0;
begin
  for v_due in select c.id, k.figures_function from app.convocatorias c join app.campaign_kinds k on k.kind = c.kind
      cross join lateral (select app.state_figures(c.id) as seen offset 0) n
      left join app.board_figures f on f.convocatoria_id = c.id
    where n.seen <> '{}' and (f.convocatoria_id is null
      or (f.seen <> n.seen and f.counted_at <= app.now() - interval '1 minute' * (1 + (select div(sum(e.value::bigint), 20000)
        from jsonb_each_text(n.seen) e)))
      or (f.counted_at <= app.now() - interval '10 minutes' and app.now() < app.received_until(c) + interval '90 days'))
  loop
    perform app.count_campaign(v_due.id, v_due.figures_function);
    v_count := v_count + 1;
  end loop;
  return v_count;
end $$;

insert into app.due_jobs (position, name, handler) values (110, 'figures_counted', 'count_figures');

-- Reading -------------------------------------------------------------------------------------------------

-- The open submissions, the oldest 1,000 of each state at most: {looked, unassigned, members: [{id, name, count}]}, the
-- member with the most first.
create function app.board_assignments(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('looked', coalesce(sum(g.count), 0),
      'unassigned', coalesce(sum(g.count) filter (where g.user_id is null), 0),
      'members', coalesce(jsonb_agg(jsonb_build_object('id', g.user_id, 'name', app.staff_name(g.user_id), 'count', g.count)
        order by g.count desc, g.user_id) filter (where g.user_id is not null), '[]'))
    from (select a.user_id, count(*) from unnest(array['received', 'in_review']) t (state), lateral (
        select s.id from app.submissions s where s.convocatoria_id = p_convocatoria and s.state = t.state
          and s.quarantined_at is null order by s.received_at, s.id limit 1000) o
      left join app.assignments a on a.submission_id = o.id group by a.user_id) g);
end $$;

-- The days on which corrections that authors were asked for end, the first three: [{day, count}].
create function app.board_corrections(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('day', d.day, 'count', d.count) order by d.day), '[]') from (
    select app.local_day(s.correction_until) as day, count(*) from (select o.correction_until from app.submissions o
      where o.convocatoria_id = p_convocatoria and o.state = 'correction_requested' limit 1000) s
    group by 1 order by 1 limit 3) d);
end $$;

-- How fast staff answer: `a_day`, answers per business day of the last 14 days, and `done_on`, the day on which what is
-- open ends at that pace; null where there is none, or more than 250 business days away.
create function app.board_pace(p_convocatoria uuid, p_open bigint) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_today date := app.local_day(app.now());
  v_pace numeric;
begin
  select sum(d.answered) / greatest(1, count(*) filter (where app.is_business_day(d.day))) into v_pace
  from app.days_of(p_convocatoria, v_today - 13, v_today) d;
  return jsonb_build_object('a_day', round(v_pace, 1), 'done_on', case when v_pace > 0 and p_open / v_pace <= 250 and p_open > 0
    then app.local_day(app.business_deadline(app.now(), ceil(p_open / v_pace)::int)) end);
end $$;

-- The bytes of files: of this campaign, of the others, of insumos, and of what arrived in the last seven days. `limit`:
-- what the institution has, as it said; null: unknown.
create function app.board_space(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object(
      'own', coalesce(sum((f.figures -> 'bytes' ->> 'held')::bigint) filter (where f.convocatoria_id = p_convocatoria), 0),
      'own_copies', coalesce(sum((f.figures -> 'bytes' ->> 'copies')::bigint) filter (where f.convocatoria_id = p_convocatoria), 0),
      'others', coalesce(sum((f.figures -> 'bytes' ->> 'held')::bigint + (f.figures -> 'bytes' ->> 'copies')::bigint)
        filter (where f.convocatoria_id <> p_convocatoria), 0),
      'week', coalesce(sum((f.figures -> 'bytes' ->> 'week')::bigint), 0),
      'insumos', (select coalesce(sum(i.bytes * case i.copy when 'ready' then 2 else 1 end), 0) from app.insumo_files i
        where i.status = 'verified'),
      'limit', (select nullif(i.storage_gb, 0) * 1000000000::bigint from app.institution i))
    from app.board_figures f);
end $$;

-- [{place, name, count}] of all municipalities and of people from elsewhere, the most first; null before the first count
-- and of kinds that ask nobody. `unsaid`: how many did not say.
create function app.board_places(p_places jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return case when p_places is not null then jsonb_build_object('unsaid', coalesce((p_places ->> '')::bigint, 0),
    'items', (select jsonb_agg(jsonb_build_object('place', n.place, 'name', app.place_name(n.place),
        'count', n.count) order by n.count desc, n.place = 'fuera', n.place)
      from (select m.cve as place, coalesce((p_places ->> m.cve)::bigint, 0) as count from app.municipalities m
        union all select 'fuera', coalesce((p_places ->> 'fuera')::bigint, 0)) n)) end;
end $$;

-- The work of a campaign whose submissions staff decide.
create function app.board_work(p_campaign app.convocatorias, p_counts jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_open bigint := coalesce((p_counts ->> 'received')::bigint, 0) + coalesce((p_counts ->> 'in_review')::bigint, 0);
begin
  return jsonb_build_object('open', v_open, 'answer_by', p_campaign.answer_by,
    'days_left', app.business_days_between(app.local_day(app.now()), p_campaign.answer_by),
    'assigned', app.board_assignments(p_campaign.id), 'corrections', app.board_corrections(p_campaign.id),
    'pace', app.board_pace(p_campaign.id, v_open));
end $$;

-- The board of a campaign that the caller may read. Refuses everybody else.
create function public.campaign_board(p_id uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias;
  v_kind app.campaign_kinds;
  v_counted app.board_figures;
  v_counts jsonb;
  v_today date := app.local_day(app.now());
begin
  if not app.has_role(app.readers(), p_id) then perform app.refuse('not_allowed', null, 403); end if;
  select * into v_campaign from app.convocatorias c where c.id = p_id;
  if not found then perform app.refuse('convocatoria_unknown', null, 404); end if;
  select * into v_kind from app.campaign_kinds k where k.kind = v_campaign.kind;
  select * into v_counted from app.board_figures f where f.convocatoria_id = p_id;
  v_counts := app.state_figures(p_id);
  return jsonb_build_object('now', app.now(), 'today', v_today, 'id', p_id, 'kind', v_campaign.kind,
    'title', app.working_title(v_campaign), 'published', v_campaign.published, 'publish_at', v_campaign.publish_at,
    'retired', v_campaign.retired_at is not null, 'paused', app.paused_of(v_campaign), 'opens_at', v_campaign.opens_at,
    'closes_at', v_campaign.closes_at, 'received_until', app.received_until(v_campaign),
    'results_on', v_campaign.results_on, 'milestones', app.milestones_of(p_id), 'counts', v_counts,
    'days', (select jsonb_agg(jsonb_build_object('day', d.day, 'arrived', d.arrived, 'answered', d.answered))
      from app.days_of(p_id, v_today - 13, v_today) d),
    'work', case when v_kind.moderated then app.board_work(v_campaign, v_counts) end,
    'counted_at', v_counted.counted_at, 'median_hours', v_counted.figures -> 'median_hours',
    'letters', v_counted.figures -> 'letters', 'places', app.board_places(v_counted.figures -> 'places'),
    'space', case when v_counted.figures ? 'bytes' then app.board_space(p_id) end,
    'own', coalesce(v_counted.figures, '{}') - array['letters', 'places', 'bytes', 'median_hours']
      || coalesce(app.call_kind_function(v_kind.board_function, p_id), '{}'));
end $$;
grant execute on function public.campaign_board(uuid) to authenticated;
