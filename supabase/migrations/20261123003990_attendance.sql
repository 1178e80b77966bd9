-- Who came: what the institution counts once days are over. The board reads counters of what is still to come; this reads the
-- seats of the days that are over.

-- The days of a campaign in their order: {id, title, speaker, group_name, on_day, is_over, cancelled, attended, absent,
-- released}. `absent`: a seat was confirmed and nobody came; 0 until the day is over. `released`: cancelled seats.
create function app.attended_days_of(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('id', j.id, 'title', j.title, 'speaker', j.speaker, 'group_name', g.name,
      'on_day', j.on_day, 'is_over', o.is_over, 'cancelled', j.cancelled_at is not null, 'attended', n.attended,
      'absent', case when o.is_over and j.cancelled_at is null then n.confirmed else 0 end, 'released', n.released)
      order by j.on_day, g.position, j.position), '[]')
    from app.jornadas j join app.jornada_groups g on g.id = j.group_id,
      lateral (select coalesce(app.day_ends(j) <= app.now(), false) as is_over) o,
      lateral (select count(*) filter (where s.status = 'attended') as attended,
        count(*) filter (where s.status = 'confirmed') as confirmed, count(*) filter (where s.status = 'cancelled') as released
        from app.seats s where s.jornada_id = j.id) n
    where j.convocatoria_id = p_convocatoria);
end $$;

-- The bodies that could come, and others that have people registered: {id, name, class_name, municipality, registered, attended,
-- absent}, by class and name. Seats, not people: whoever comes on two days counts twice. `municipality` is null for a body of
-- the state.
create function app.attended_bodies_of(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (with days as materialized (
    select j.id, j.cancelled_at is null and coalesce(app.day_ends(j) <= app.now(), false) as is_over
    from app.jornadas j where j.convocatoria_id = p_convocatoria
  ), seats as (
    select r.body_id, count(*) as registered, count(*) filter (where s.status = 'attended') as attended,
      count(*) filter (where s.status = 'confirmed' and d.is_over) as absent
    from days d join app.seats s on s.jornada_id = d.id and s.status in ('confirmed', 'attended', 'waiting', 'offered')
    join app.registrations r on r.submission_id = s.submission_id group by r.body_id
  )
  select coalesce(jsonb_agg(jsonb_build_object('id', b.id, 'name', b.name, 'class_name', c.name, 'municipality', m.name,
    'registered', coalesce(s.registered, 0), 'attended', coalesce(s.attended, 0), 'absent', coalesce(s.absent, 0))
    order by c.position, b.name), '[]')
  from app.sujetos_obligados b join app.body_classes c on c.key = b.class_key
  left join app.municipalities m on m.cve = b.municipality left join seats s on s.body_id = b.id
  where s.body_id is not null or (b.active and exists (select from app.group_classes e
    where e.convocatoria_id = p_convocatoria and e.class_key = b.class_key)));
end $$;

-- The attendance of a campaign that the caller reads: {title, days, bodies}.
create function public.attendance_figures(p_convocatoria uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  if not app.has_role(app.readers(), p_convocatoria) then perform app.refuse('not_allowed', null, 403); end if;
  return jsonb_build_object('title', (select c.title from app.convocatorias c where c.id = p_convocatoria),
    'days', app.attended_days_of(p_convocatoria), 'bodies', app.attended_bodies_of(p_convocatoria));
end $$;
grant execute on function public.attendance_figures(uuid) to authenticated;

create function app.letter_state(p_letter app.mail_queue) returns text
language plpgsql immutable set search_path = '' as $$
begin
  return case when p_letter.returned_at is not null then 'returned' when p_letter.arrived_at is not null then 'arrived'
    when p_letter.sent_at is not null then 'sent' when p_letter.dead_at is not null then 'failed'
    when p_letter.handed_at is not null then 'doubtful' when p_letter.last_error is not null then 'retrying' else 'waiting' end;
end $$;

-- The letters about a campaign's submissions of the last 30 days, after which they are swept, the newest first, 200 a page:
-- {folio, subject, state, at}, without addresses and without what they say. A letter that gathers several notices belongs to
-- no submission and stands in no register.
create function public.letter_register(p_convocatoria uuid, p_after bigint default null, p_submission uuid default null) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_page app.mail_queue[];
begin
  if not app.has_role(app.readers(), p_convocatoria) then perform app.refuse('not_allowed', null, 403); end if;
  v_page := array(select m from app.mail_queue m where m.id < coalesce(p_after, 9223372036854775807)
    and (p_submission is null or m.submission_id = p_submission)
    and exists (select from app.submissions s where s.id = m.submission_id and s.convocatoria_id = p_convocatoria)
    order by m.id desc limit 200);
  return jsonb_build_object('items', (select coalesce(jsonb_agg(jsonb_build_object('folio', s.folio, 'submission_id', s.id, 'subject', m.subject,
      'state', app.letter_state(m), 'at', coalesce(m.sent_at, m.dead_at, m.send_after)) order by m.id desc), '[]')
    from unnest(v_page) m join app.submissions s on s.id = m.submission_id),
    'next', case when cardinality(v_page) = 200 then v_page[200].id end);
end $$;
grant execute on function public.letter_register(uuid, bigint, uuid) to authenticated;
