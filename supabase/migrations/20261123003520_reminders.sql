-- Reminders that a person chooses: a week, a day or an hour before each day with a seat, and word of the days of their group
-- that have no date yet. Whoever chooses nothing is reminded a day before.

create table app.reminder_choices (
  submission_id uuid primary key references app.registrations on delete cascade,
  chosen text[] not null check (chosen <@ array['week', 'day', 'hour', 'dates']),
  at timestamptz not null default app.now()
);
alter table app.reminder_choices enable row level security;
comment on table app.reminder_choices is
  'Personal data: when somebody wants to be reminded of their days. Readers: its author. Kept: with the submission. Deleted'
  ' by: app.forget_records.';

-- A reminder of a day as it was when the reminder was queued: a day that moves is reminded of anew.
create table app.reminders (
  submission_id uuid not null references app.registrations on delete cascade,
  jornada_id uuid not null references app.jornadas on delete cascade,
  begins_at timestamptz not null,
  span interval not null,                        -- how long before
  primary key (submission_id, jornada_id, begins_at, span)
);
create index on app.reminders (jornada_id);
alter table app.reminders enable row level security;
comment on table app.reminders is
  'Personal data: of which days somebody was reminded. Readers: the server. Kept: with the submission. Deleted by:'
  ' app.forget_records.';

-- What the person of a registration chose.
create function app.reminders_of(p_submission uuid) returns text[]
language plpgsql stable set search_path = '' as $$
begin
  return coalesce((select c.chosen from app.reminder_choices c where c.submission_id = p_submission), array['day']);
end $$;

-- p_chosen: any of `week`, `day`, `hour` and `dates`; none of them ends reminders. The folio's secret is the proof.
create function public.choose_reminders(p_folio text, p_secret text, p_chosen text[]) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_id uuid := app.own_submission(p_folio, p_secret, 'jornadas');
  v_chosen text[] := array(select distinct o.one from unnest(p_chosen) o (one) order by 1);
begin
  if p_chosen is null or not v_chosen <@ array['week', 'day', 'hour', 'dates'] then
    perform app.refuse('malformed_op', 'p_chosen', 400);
  end if;
  perform app.count_choice(v_id);
  insert into app.reminder_choices as c (submission_id, chosen) values (v_id, v_chosen)
  on conflict (submission_id) do update set chosen = excluded.chosen, at = app.now() where c.chosen <> excluded.chosen;
  if found then perform app.touch_submission(v_id); end if;
  return jsonb_build_object('reminders', v_chosen);
end $$;
grant execute on function public.choose_reminders(text, text, text[]) to anon, authenticated;

create function app.reminder_letter(p_jornada app.jornadas) returns text
language plpgsql stable set search_path = '' as $$
begin
  return concat_ws(E'\n\n', E'Le recordamos la jornada en la que tiene lugar confirmado:\n\n' || app.jornada_line(p_jornada),
    E'Dirección\n' || p_jornada.address, E'Accesibilidad\n' || p_jornada.accessibility,
    case when p_jornada.link is not null then 'Si asiste en línea, el enlace para entrar está en su pase desde una hora antes.' end,
    'Si no puede asistir, cancele ese día para que otra persona lo ocupe. Ahí mismo puede cambiar cuándo le recordamos.');
end $$;

-- The confirmed seats of coming days whose reminder is due now: the nearest one that was chosen before it was due.
create function app.due_reminders() returns table (submission_id uuid, jornada app.jornadas, begins_at timestamptz, span interval)
language plpgsql stable set search_path = '' as $$
begin
  return query select n.* from (
    select distinct on (s.submission_id, j.id) s.submission_id, j, d.begins_at, k.span
    from app.jornadas j cross join lateral (select app.day_begins(j) as begins_at offset 0) d
    join app.seats s on s.jornada_id = j.id and s.status = 'confirmed'
    join app.submissions u on u.id = s.submission_id and u.state <> 'withdrawn'
    left join app.reminder_choices c on c.submission_id = s.submission_id
    join (values ('week', interval '7 days'), ('day', interval '1 day'), ('hour', interval '1 hour')) k (name, span)
      on k.name = any (coalesce(c.chosen, array['day'])) and d.begins_at - k.span <= app.now()
        and d.begins_at - k.span > greatest(u.received_at, c.at) and (k.name <> 'hour' or j.starts_at is not null)
    where j.cancelled_at is null and d.begins_at > app.now() and d.begins_at < app.now() + interval '8 days'
    order by s.submission_id, j.id, k.span) n (person, day, begin, before)
  where not exists (select from app.reminders r where r.submission_id = n.person and r.jornada_id = (n.day).id
    and r.begins_at = n.begin and r.span <= n.before);
end $$;

-- Queues the reminders that are due, once each, up to 500 a call.
create function app.queue_reminders() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_due record;
  v_count int := 0;
begin
  for v_due in select * from app.due_reminders() limit 500 loop
    insert into app.reminders (submission_id, jornada_id, begins_at, span)
    values (v_due.submission_id, (v_due.jornada).id, v_due.begins_at, v_due.span) on conflict do nothing;
    continue when not found;
    perform app.mail_about_seats(v_due.submission_id, 'Recordatorio de su jornada', app.reminder_letter(v_due.jornada),
      'deadline', v_due.begins_at);
    v_count := v_count + 1;
  end loop;
  return v_count;
end $$;

insert into app.due_jobs (position, name, handler) values (74, 'reminders_queued', 'queue_reminders');

-- Who wants to know when this day gets its date: people of its group who have and await no seat on it.
create function app.followers_of(p_jornada app.jornadas) returns setof uuid
language plpgsql stable set search_path = '' as $$
begin
  return query select c.submission_id from app.reminder_choices c
  join app.submissions u on u.id = c.submission_id and u.convocatoria_id = p_jornada.convocatoria_id and u.state <> 'withdrawn'
  join app.registrations r on r.submission_id = c.submission_id
  join app.sujetos_obligados b on b.id = r.body_id
  join app.group_classes g on g.group_id = p_jornada.group_id and g.class_key = b.class_key
  where 'dates' = any (c.chosen) and not exists (select from app.seats s
    where s.submission_id = c.submission_id and s.jornada_id = p_jornada.id and s.status <> 'cancelled');
end $$;

create function app.dated_letter(p_jornada app.jornadas) returns text
language plpgsql stable set search_path = '' as $$
begin
  return format(E'Usted pidió saber cuándo tienen fecha las jornadas de su grupo. Ya la tiene esta:\n\n%s\n\nPuede '
    || 'inscribirse en la convocatoria, como la primera vez.', app.jornada_line(p_jornada));
end $$;
