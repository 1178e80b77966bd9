-- What staff do with registrations that were set apart: they read them, those of one body together if they wish, and
-- admit them one by one or in bulk. Nobody is refused: what nobody admits waits until its day is over.

-- The submissions of these campaigns that are set apart on a day that has not begun; of one body, or of all.
create function app.set_apart_in(p_convocatorias uuid[], p_body uuid) returns table (submission_id uuid, body_id uuid)
language sql stable set search_path = '' as $$
  select distinct s.submission_id, r.body_id
  from app.jornadas j join app.seats s on s.jornada_id = j.id and s.status = 'set_apart' and s.admitted_at is null
  join app.registrations r on r.submission_id = s.submission_id and (p_body is null or r.body_id = p_body)
  where j.convocatoria_id = any (p_convocatorias) and not app.has_begun(j)
$$;

-- A page of 100, oldest first; p_after is the `next` of the page before. `bodies`: how many wait of each body.
create function public.list_set_apart(p_body uuid default null, p_after text default null) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_allowed uuid[];
  v_at timestamptz := coalesce(app.parse_instant(split_part(p_after, '~', 1)), '-infinity');
  v_id uuid := coalesce(app.parse_uuid(split_part(p_after, '~', 2)), '00000000-0000-0000-0000-000000000000');
  v_page app.submissions[];
begin
  if not app.has_role_somewhere(app.readers()) then perform app.refuse('not_allowed', null, 403); end if;
  v_allowed := app.readable_convocatorias(null, 'jornadas');
  v_page := array(select u from app.set_apart_in(v_allowed, p_body) a join app.submissions u on u.id = a.submission_id
    where (u.received_at, u.id) > (v_at, v_id) order by u.received_at, u.id limit 100);
  return jsonb_build_object(
    'items', coalesce((select jsonb_agg(app.queue_item(u) || jsonb_build_object('display_name', c.display_name,
        'has_email', c.email is not null) order by u.received_at, u.id)
      from unnest(v_page) u left join app.contacts c on c.submission_id = u.id), '[]'),
    'next', case when cardinality(v_page) = 100 then app.page_key(v_page[100].received_at, v_page[100].id) end,
    'bodies', coalesce((select jsonb_agg(jsonb_build_object('id', b.id, 'name', b.name, 'count', n.count)
        order by n.count desc, b.name)
      from (select a.body_id, count(*) from app.set_apart_in(v_allowed, null) a group by a.body_id
        order by count(*) desc limit 100) n join app.sujetos_obligados b on b.id = n.body_id), '[]'));
end $$;
grant execute on function public.list_set_apart(uuid, text) to authenticated;

-- Admits up to 500 registrations. Leaves out what is not set apart any more, and what the caller may not decide on.
-- Their seats are held for people who are unconfirmed, as all others. Answers {admitted: how many}.
create function public.admit_registrations(p_ids uuid[]) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ids uuid[];
  v_days uuid[];
begin
  if not app.has_role_somewhere(app.deciders()) then perform app.refuse('not_allowed', null, 403); end if;
  if cardinality(p_ids) > 500 then perform app.refuse('malformed_op', 'ids', 400); end if;
  v_days := array(select distinct s.jornada_id from app.seats s where s.submission_id = any (p_ids));
  perform app.lock_jornadas(v_days);
  v_ids := array(select distinct s.submission_id from app.seats s join app.submissions u on u.id = s.submission_id
    where s.submission_id = any (p_ids) and s.status = 'set_apart' and app.has_role(app.deciders(), u.convocatoria_id));
  update app.seats s set admitted_at = app.now() where s.submission_id = any (v_ids) and s.status = 'set_apart';
  perform app.record_event(u.id, 'staff', 'admitted', u.state, u.state, p_message => 'El equipo revisó su solicitud y ya '
    || 'tiene el lugar que le corresponde por su orden de llegada.', p_actor => auth.uid())
  from app.submissions u where u.id = any (v_ids);
  perform app.admit_on(v_days);
  return jsonb_build_object('admitted', cardinality(v_ids));
end $$;
grant execute on function public.admit_registrations(uuid[]) to authenticated;
