-- What staff keep on a phone to review offline. Scope `staff:<convocatoria>` holds the oldest 500 open
-- submissions of a convocatoria that are not in quarantine, as `review_item` shows them to the caller. Nothing of a kind that
-- staff do not decide on is kept.
--
-- A phone holds every open submission up to its bound, the (received_at, id) of the last one it got. The cursor
-- carries the bound as `@<right>/<bound>`. Changes up to the bound come from the log. When submissions close, the
-- next ones behind the bound fill the space, which is also how new arrivals come. So no page depends on counting
-- ranks while others write. The right is `d` to decide or `r` to read: rows differ between the two, so a cursor
-- of the other right reads everything anew.

create index submissions_open on app.submissions (convocatoria_id, received_at, id)
  where state in ('received', 'in_review', 'correction_requested', 'accepted') and quarantined_at is null;

-- Open submissions behind a position, oldest first.
create function app.open_after(p_convocatoria uuid, p_at timestamptz, p_id uuid, p_limit int)
returns setof app.submissions
language sql stable set search_path = '' as $$
  select s.* from app.submissions s
  where s.convocatoria_id = p_convocatoria and s.state in ('received', 'in_review', 'correction_requested', 'accepted')
    and s.quarantined_at is null
    and (s.received_at, s.id) > (p_at, p_id)
  order by s.received_at, s.id limit p_limit
$$;

create function app.count_open_until(p_convocatoria uuid, p_at timestamptz, p_id uuid) returns int
language plpgsql stable set search_path = '' as $$
begin
  return (select count(*)::int from app.submissions s
  where s.convocatoria_id = p_convocatoria and s.state in ('received', 'in_review', 'correction_requested', 'accepted')
    and s.quarantined_at is null
    and (s.received_at, s.id) <= (p_at, p_id));
end $$;

-- What a phone does with these submissions, in their order: it keeps open ones up to the bound and forgets closed
-- ones. Leaves out those behind the bound. Posters are null, because 500 of them would fill the phone.
create function app.staff_changes(p_ids uuid[], p_at timestamptz, p_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('entity', 'submission', 'id', w.id) || case
      when s.id is null then jsonb_build_object('op', 'remove')
      when i.item #> '{content,media,poster}' is null then jsonb_build_object('op', 'put', 'row', i.item)
      else jsonb_build_object('op', 'put', 'row', jsonb_set(i.item, '{content,media,poster}', 'null')) end
    order by w.place), '[]')
  from unnest(p_ids) with ordinality w (id, place)
  left join app.staff_items(p_ids) i on i.id = w.id
  left join app.submissions s on s.id = i.id
    and s.state in ('received', 'in_review', 'correction_requested', 'accepted')
    and s.quarantined_at is null
  where s.id is null or (s.received_at, s.id) <= (p_at, p_id));
end $$;

-- The right by which the caller reads the queue of a convocatoria; null without one, and where nobody decides on its
-- submissions, so that a phone which holds them forgets them.
create function app.queue_right(p_convocatoria uuid) returns text
language plpgsql stable set search_path = '' as $$
begin
  return (select case when app.has_role(app.deciders(), c.id) then 'd' when app.has_role(app.readers(), c.id) then 'r' end
  from app.convocatorias c join app.campaign_kinds k on k.kind = c.kind and k.moderated where c.id = p_convocatoria);
end $$;

-- A page: the changes up to the bound, then up to 25 submissions from behind it while there is room: a row costs the server
-- about 0.35 ms. `partial` tells that more are open than the phone holds, and `left` how many the next pages bring.
create function app.staff_page(p_convocatoria uuid, p_cursor app.cursor, p_right text) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_at timestamptz := coalesce(app.parse_instant(split_part((p_cursor).id, '~', 1)), '-infinity');
  v_id uuid := coalesce(app.parse_uuid(split_part((p_cursor).id, '~', 2)), '00000000-0000-0000-0000-000000000000');
  v_page jsonb := jsonb_build_object('reset', true, 'more', false, 'changes', '[]'::jsonb,
    'cursor', pg_snapshot_xmin(pg_current_snapshot()) || '.0');
  v_changes jsonb;
  v_next app.submissions[] := '{}';
  v_room int;
begin
  if (p_cursor).xid is not null then v_page := app.delta_page('staff:' || p_convocatoria, p_cursor); end if;
  v_changes := app.staff_changes(array(select (c.value ->> 'id')::uuid
    from jsonb_array_elements(v_page -> 'changes') with ordinality c order by c.ordinality), v_at, v_id);
  if not (v_page -> 'more')::boolean then
    v_room := greatest(0, 500 - app.count_open_until(p_convocatoria, v_at, v_id));
    v_next := array(select o from app.open_after(p_convocatoria, v_at, v_id, least(25, v_room)) o);
  end if;
  if cardinality(v_next) > 0 then
    v_at := v_next[cardinality(v_next)].received_at;
    v_id := v_next[cardinality(v_next)].id;
    v_changes := v_changes || app.staff_changes(array(select n.id from unnest(v_next) n), v_at, v_id);
  end if;
  return v_page || jsonb_build_object('changes', v_changes,
    'more', (v_page -> 'more')::boolean or cardinality(v_next) = 25,
    'partial', exists (select from app.open_after(p_convocatoria, v_at, v_id, 1)),
    'left', (select count(*) from app.open_after(p_convocatoria, v_at, v_id,
      coalesce(v_room, 0) - cardinality(v_next)) where cardinality(v_next) = 25),
    'cursor', (v_page ->> 'cursor') || '@' || p_right || '/'
      || case when v_at = '-infinity' then '' else app.page_key(v_at, v_id) end);
end $$;

-- The answer for one convocatoria. An unknown one and one that the caller may not read both answer `denied`.
create function app.pull_staff(p_request jsonb, p_cursor app.cursor) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_convocatoria uuid := app.parse_uuid(app.string_of(p_request, 'id'));
  v_right text := app.queue_right(v_convocatoria);
  v_head jsonb := jsonb_build_object('scope', 'staff', 'id', v_convocatoria, 'status', 'ok');
begin
  if v_convocatoria is null then perform app.refuse('malformed_op', 'id', 400); end if;
  if v_right is null then
    return v_head || jsonb_build_object('status', 'denied', 'reset', false, 'more', false, 'partial', false,
      'cursor', coalesce(app.string_of(p_request, 'cursor'), '0.0'), 'changes', '[]'::jsonb);
  end if;
  if not app.is_readable(p_cursor) or (p_cursor).entity is distinct from v_right then p_cursor := null; end if;
  return v_head || app.staff_page(v_convocatoria, p_cursor, v_right);
end $$;
