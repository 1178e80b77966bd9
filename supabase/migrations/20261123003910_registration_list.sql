-- The registrations as a list of their own. Nobody decides on one: it has a seat of each day, and no place in the queue.

create function app.registration_line(p_submission app.submissions) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('id', p_submission.id, 'folio', p_submission.folio, 'version', p_submission.version,
    'state', p_submission.state, 'received_at', p_submission.received_at, 'convocatoria_id', p_submission.convocatoria_id,
     'display_name', c.display_name, 'mail_trouble', app.mail_trouble(p_submission.id), 'post', r.post, 'body_name', b.name,
     'confirmed_at', r.confirmed_at, 'seats', app.seats_of(p_submission.id, false))
  from app.registrations r join app.sujetos_obligados b on b.id = r.body_id
  left join app.contacts c on c.submission_id = r.submission_id
  where r.submission_id = p_submission.id);
end $$;

-- The place of a status within a day's list: first what runs out by itself.
create function app.seat_rank(p_shown text) returns int
language plpgsql immutable set search_path = '' as $$
begin
  return array_position(array['offered', 'waiting', 'confirmed', 'attended', 'cancelled'], p_shown);
end $$;

-- Those of p_found after a position, up to 50, in their order of arrival, of a day by status first, that have a seat of this day
-- and status; null asks for any.
create function app.found_registrations(p_allowed uuid[], p_found uuid[], p_jornada uuid, p_status text, p_rank int,
  p_at timestamptz, p_id uuid) returns uuid[]
language plpgsql stable set search_path = '' as $$
begin
  return array(select u.id from unnest(p_found) f (id) join app.submissions u on u.id = f.id
    join app.registrations r on r.submission_id = u.id
    left join app.seats o on o.submission_id = u.id and o.jornada_id = p_jornada,
      lateral (select case when p_jornada is null then p_rank else app.seat_rank(o.shown) end as rank) k
    where u.convocatoria_id = any (p_allowed) and (k.rank, u.received_at, u.id) > (p_rank, p_at, p_id)
      and (p_status is null or exists (select from app.seats s where s.submission_id = u.id
        and (p_jornada is null or s.jornada_id = p_jornada) and (app.shown_status(s) = p_status or s.status = p_status)))
    order by k.rank, u.received_at, u.id limit 50);
end $$;

-- The next 50 with a seat of this status on one of these days, or with any seat of the only one, by status first. Reads 50
-- entries of an index for each day and status, however rare the status is; of `pending`, which is shown as waiting, those that wait.
create function app.seated_registrations(p_days uuid[], p_status text, p_rank int, p_at timestamptz, p_id uuid) returns uuid[]
language plpgsql stable set search_path = '' as $$
begin
  return array(select k.id from (select distinct n.rank, n.received_at, n.id
      from unnest(p_days) d (id), (select w.status, app.seat_rank(w.status) as rank from unnest(case when p_status is null
        then array['waiting', 'offered', 'confirmed', 'attended', 'cancelled']
        else array[case p_status when 'pending' then 'waiting' else p_status end] end) w (status)) t,
        lateral (select t.rank, s.received_at, s.submission_id as id from app.seats s
          where s.jornada_id = d.id and s.shown = t.status and (p_status is distinct from 'pending' or s.status = 'pending') and t.rank >= p_rank and (s.received_at, s.submission_id) >
            (case when t.rank > p_rank then '-infinity' else p_at end, case when t.rank > p_rank then '00000000-0000-0000-0000-000000000000' else p_id end)
          order by s.received_at, s.submission_id limit 50) n
      order by n.rank, n.received_at, n.id limit 50) k);
end $$;

-- The next 50 of these campaigns. No registration is ever in quarantine.
create function app.all_registrations(p_allowed uuid[], p_at timestamptz, p_id uuid) returns uuid[]
language plpgsql stable set search_path = '' as $$
begin
  return array(select n.id from unnest(p_allowed) c (id), lateral (select u.id, u.received_at from app.submissions u
      where u.convocatoria_id = c.id and u.quarantined_at is null and (u.received_at, u.id) > (p_at, p_id)
        and (select r.submission_id from app.registrations r where r.submission_id = u.id) is not null   -- no join: it reads all
      order by u.received_at, u.id limit 50) n
    order by n.received_at, n.id limit 50);
end $$;

-- Registrations after a position, up to 50, in their order of arrival: those among p_found (null: all) that have a seat
-- of this day and status; null asks for any. Those of a day come by the status of its seat first, and p_rank is the last one's. A
-- person who withdrew keeps the line, with every day cancelled.
create function app.registration_page(p_allowed uuid[], p_found uuid[], p_jornada uuid, p_status text, p_at timestamptz,
  p_id uuid, p_rank int default 0) returns app.submissions[]
language plpgsql stable set search_path = '' as $$
declare
  v_ids uuid[];
begin
  if p_found is not null then
    v_ids := app.found_registrations(p_allowed, p_found, p_jornada, p_status, p_rank, p_at, p_id);
  elsif p_jornada is null and p_status is null then
    v_ids := app.all_registrations(p_allowed, p_at, p_id);
  else
    v_ids := app.seated_registrations(array(select j.id from app.jornadas j
      where j.convocatoria_id = any (p_allowed) and (p_jornada is null or j.id = p_jornada)), p_status, p_rank, p_at, p_id);
  end if;
  return array(select u from unnest(v_ids) with ordinality k (id, place) join app.submissions u on u.id = k.id order by k.place);
end $$;

-- The `next` of a page that ends with this registration.
create function app.registration_key(p_last app.submissions, p_jornada uuid) returns text
language plpgsql stable set search_path = '' as $$
begin
  return app.page_key(p_last.received_at, p_last.id) || coalesce((select '~' || s.shown from app.seats s
    where s.submission_id = p_last.id and s.jornada_id = p_jornada), '');
end $$;

-- A page of 50; p_after is the `next` of the page before. A whole folio finds its registration; words find those whose
-- person or body holds them all, of up to 1,000 matches. `days`: every day of these campaigns with its seats, on the first
-- page.
create function public.list_registrations(p_convocatoria uuid default null, p_jornada uuid default null,
  p_status text default null, p_search text default null, p_after text default null) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_allowed uuid[];
  v_at timestamptz := coalesce(app.parse_instant(split_part(p_after, '~', 1)), '-infinity');
  v_id uuid := coalesce(app.parse_uuid(split_part(p_after, '~', 2)), '00000000-0000-0000-0000-000000000000');
  v_rank int := coalesce(app.seat_rank(split_part(p_after, '~', 3)), 0);
  v_found uuid[];
  v_page app.submissions[];
begin
  if not app.has_role_somewhere(app.readers()) then perform app.refuse('not_allowed', null, 403); end if;
  v_allowed := app.readable_convocatorias(p_convocatoria, 'jornadas');
  if coalesce(app.trimmed(p_search), '') <> '' then
    v_found := array(select s.id from app.submissions s where s.folio = upper(app.trimmed(p_search)));
    if v_found = '{}' then
      select m.ids into v_found from app.search_matches(app.search_query(p_search), v_allowed, null) m;
    end if;
    v_found := coalesce(v_found, '{}');
  end if;
  v_page := app.registration_page(v_allowed, v_found, p_jornada, p_status, v_at, v_id, v_rank);
  return jsonb_build_object(
    'items', coalesce((select jsonb_agg(app.registration_line(v_page[p]) order by p)
      from generate_series(1, cardinality(v_page)) p), '[]'),
    'next', case when cardinality(v_page) = 50 then app.registration_key(v_page[50], p_jornada) end)
    || case when p_after is not null then '{}' else jsonb_build_object('days', coalesce((
      select jsonb_agg(d.line order by c.opens_at desc, g.position, j.position)
      from app.jornadas j join app.jornada_groups g on g.id = j.group_id join app.convocatorias c on c.id = j.convocatoria_id,
        lateral (select app.counted_day(j) as line) d
      where j.convocatoria_id = any (v_allowed) and d.line is not null), '[]')) end;
end $$;
grant execute on function public.list_registrations(uuid, uuid, text, text, text) to authenticated;
