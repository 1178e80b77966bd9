-- What staff should look at before the day's work: a flood, registrations that are set apart, a line that is long beside
-- its hall, second reviews that wait. On the desk while it lasts, and in one letter a day to the coordinators of the campaign.

-- The instant of the last letter of a campaign.
create table app.alert_letters (
  convocatoria_id uuid primary key references app.convocatorias on delete cascade,
  sent_at timestamptz not null
);
alter table app.alert_letters enable row level security;
comment on table app.alert_letters is
  'Personal data: none. Readers: the server. Kept: with its campaign. Deleted by: public.delete_convocatoria.';

-- Submissions that went to quarantine within an hour, from 60 on: as many as one caller may send before. Null below.
create function app.flood_in(p_convocatoria uuid) returns int
language plpgsql stable set search_path = '' as $$
begin
  return (select nullif(count(*), 0)::int from app.submissions s where s.convocatoria_id = p_convocatoria
    and s.quarantined_at > app.now() - interval '1 hour' and s.received_at > app.now() - interval '1 hour'
    having count(*) >= 60);
end $$;

-- Days to come, each modality by itself, whose line has ten people or more and half as many as there are seats.
create function app.long_lines_in(p_convocatoria uuid) returns table (jornada_id uuid, title text, capacity int, waiting int)
language sql stable set search_path = '' as $$
  select j.id, app.jornada_name(j) || case when o.online then ', en línea' else '' end, app.capacity_of(j, o.online), w.count
  from app.jornadas j join (values (false), (true)) o (online) on not o.online or j.online_capacity is not null,
    lateral (select count(*)::int from app.seats s where s.jornada_id = j.id and s.online = o.online and s.status = 'waiting') w
  where j.convocatoria_id = p_convocatoria and j.cancelled_at is null and not app.has_begun(j)
    and w.count >= greatest(10, app.capacity_of(j, o.online) / 2) order by j.on_day, j.position, o.online
$$;

-- What is to be said of a campaign to a member, or in the letter to its coordinators (null): {kind, convocatoria_id,
-- convocatoria_title, count} and, by kind, `body_name` (of which most are set apart), `day` and `capacity` of a line, or `soon`
-- and `by` of second reviews (app.second_review_alert).
create function app.alerts_of(p_convocatoria uuid, p_user uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(jsonb_strip_nulls(a.item || jsonb_build_object('convocatoria_id', c.id,
      'convocatoria_title', c.title))), '[]')
  from app.convocatorias c, lateral (
    select jsonb_build_object('kind', 'flood', 'count', f.count) as item from app.flood_in(c.id) f (count)
      where f.count is not null
    union all
    select jsonb_build_object('kind', 'set_apart', 'count', sum(n.count), 'body_name',
        (array_agg(b.name order by n.count desc, b.name))[1])
      from (select s.body_id, count(*) from app.set_apart_in(array[c.id], null) s group by s.body_id) n
      join app.sujetos_obligados b on b.id = n.body_id having count(*) > 0
    union all
    select jsonb_build_object('kind', 'line', 'count', l.waiting, 'day', l.title, 'capacity', l.capacity)
      from app.long_lines_in(c.id) l
    union all
    select r.item from app.second_review_alert(c.id, p_user) r (item) where r.item is not null
    union all
    select app.call_kind_function(k.alert_function, c.id) from app.campaign_kinds k where k.kind = c.kind) a
  where c.id = p_convocatoria and a.item is not null);
end $$;

-- The alerts of the campaigns that the caller may read. Empty while all is well.
create function public.desk_alerts() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  if not app.has_role_somewhere(app.readers()) then perform app.refuse('not_allowed', null, 403); end if;
  return jsonb_build_object('items', coalesce((select jsonb_agg(a.item)
    from unnest(app.readable_convocatorias(null, null)) c (id), jsonb_array_elements(app.alerts_of(c.id, auth.uid())) a (item)), '[]'));
end $$;
grant execute on function public.desk_alerts() to authenticated;

create function app.alert_line(p_alert jsonb) returns text
language plpgsql stable set search_path = '' as $$
declare
  v_by text := app.spanish_day(app.local_day((p_alert ->> 'by')::timestamptz));
begin
  return case p_alert ->> 'kind'
    when 'flood' then format('· %s envíos en una hora pasaron a cuarentena.', p_alert ->> 'count')
    when 'set_apart' then case when p_alert ->> 'count' = '1'
      then format('· 1 inscripción sin confirmar espera al equipo: de %s.', p_alert ->> 'body_name')
      else format('· %s inscripciones sin confirmar esperan al equipo. La institución con más es %s.', p_alert ->> 'count',
        p_alert ->> 'body_name') end
    when 'second_review' then case when p_alert ->> 'soon' = '1'
      then format('· 1 segunda revisión se debe responder a más tardar el %s.', v_by)
      else format('· %s segundas revisiones se deben responder pronto. La primera, a más tardar el %s.', p_alert ->> 'soon',
        v_by) end
    when 'answers' then case when p_alert ->> 'count' = '1'
      then format('· 1 propuesta no tiene respuesta. Se debe responder a más tardar el %s.', v_by)
      else format('· %s propuestas no tienen respuesta. Se deben responder a más tardar el %s.', p_alert ->> 'count', v_by) end
    when 'copies_out' then format('· Copias de videos que hay que retirar de otros sitios: %s. La primera, a más tardar el %s.',
      p_alert ->> 'count', v_by)
    when 'copies_late' then format('· Copias de videos que siguen en otros sitios y ya se debían retirar: %s.', p_alert ->> 'count')
    else format('· %s: %s personas en lista de espera, cupo de %s.', p_alert ->> 'day', p_alert ->> 'count',
      p_alert ->> 'capacity') end;
end $$;

-- Writes to the coordinators of each campaign that has alerts, at most once in 24 hours. Answers how many campaigns.
create function app.alert_staff() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_campaign app.convocatorias;
  v_alerts jsonb;
  v_count int := 0;
begin
  for v_campaign in select c.* from app.convocatorias c where c.published and c.opens_at <= app.now()
    and not exists (select from app.alert_letters l
      where l.convocatoria_id = c.id and l.sent_at > app.now() - interval '24 hours') loop
    v_alerts := app.alerts_of(v_campaign.id, null);
    continue when v_alerts = '[]';
    insert into app.alert_letters (convocatoria_id, sent_at) values (v_campaign.id, app.now())
    on conflict (convocatoria_id) do update set sent_at = excluded.sent_at;
    perform app.queue_mail(m.email, format('Revise la convocatoria «%s»', v_campaign.title), format(
      E'En «%s» hay algo que revisar:\n\n%s\n\nLo que llegó está recibido y no se pierde. Entre con su cuenta del equipo '
      || E'para revisarlo.\n\nEste aviso llega a lo más una vez al día.', v_campaign.title, (select
        string_agg(app.alert_line(a.item), E'\n') from jsonb_array_elements(v_alerts) a (item))), app.now())
    from (select distinct u.email from app.staff s join auth.users u on u.id = s.user_id
      where s.role = 'coordinator' and s.active and (s.convocatoria_id is null or s.convocatoria_id = v_campaign.id)
        and app.canonical_email(u.email) = u.email) m;
    v_count := v_count + 1;
  end loop;
  return v_count;
end $$;

insert into app.due_jobs (position, name, handler) values (93, 'staff_alerted', 'alert_staff');
