-- What staff keep on a phone to review without signal: scope `staff:<convocatoria>` holds its open submissions,
-- the oldest 500, as `review_item` tells them to who asks. The phone holds every open one up to its bound,
-- the (received_at, id) of the last one it was told of, which its cursor carries: changes come by the log, and
-- what became free is filled from behind the bound, new arrivals alike. So nothing depends on counting ranks
-- while others write. Before it the cursor says with which right it was read, `d` to decide or `r` to read:
-- with another one every row may read differently, and all is read anew.

create index submissions_open on app.submissions (convocatoria_id, received_at, id)
  where state in ('received', 'in_review', 'correction_requested', 'accepted');

-- The open ones behind a place, the oldest first.
create function app.open_after(p_convocatoria uuid, p_at timestamptz, p_id uuid, p_limit int)
returns setof app.submissions
language sql stable set search_path = '' as $$
  select s.* from app.submissions s
  where s.convocatoria_id = p_convocatoria and s.state in ('received', 'in_review', 'correction_requested', 'accepted')
    and (s.received_at, s.id) > (p_at, p_id)
  order by s.received_at, s.id limit p_limit
$$;

create function app.count_open_until(p_convocatoria uuid, p_at timestamptz, p_id uuid) returns int
language sql stable set search_path = '' as $$
  select count(*)::int from app.submissions s
  where s.convocatoria_id = p_convocatoria and s.state in ('received', 'in_review', 'correction_requested', 'accepted')
    and (s.received_at, s.id) <= (p_at, p_id)
$$;

-- What staff see of these submissions; nothing of what they may not read. All at once: one by one each pays
-- anew for planning what is inside.
create function app.staff_items(p_ids uuid[]) returns table (id uuid, item jsonb)
language sql stable set search_path = '' as $$
  select s.id, app.queue_item(s) || jsonb_build_object('content', o.content, 'display_name', p.display_name,
    'municipality_name', case when o.content ->> 'municipality' = 'fuera' then 'Fuera del Estado de México'
      else (select m.name from app.municipalities m where m.cve = o.content ->> 'municipality') end,
    'has_email', p.email is not null, 'consents', app.consents_of(s.id), 'events', app.events_of(s.id),
    'decisions', case when app.has_role(app.deciders(), s.convocatoria_id)
      then to_jsonb(app.decisions_on(s)) else '[]' end)
  from app.submissions s
  join app.campaign_kinds k on k.kind = s.kind
  cross join lateral (select app.of_kind(coalesce(k.staff_content_function, k.content_function), s.id) as content) o
  left join app.contacts p on p.submission_id = s.id
  where s.id = any (p_ids) and app.has_role(app.readers(), s.convocatoria_id)
$$;

create or replace function app.staff_item(p_id uuid) returns jsonb
language sql stable set search_path = '' as $$
  select i.item from app.staff_items(array[p_id]) i
$$;

-- What a phone is to do about these, in their order: keep the open ones up to the bound, forget the closed ones;
-- those behind it are not its business. No picture of a video: 500 of them would fill the phone.
create function app.staff_changes(p_ids uuid[], p_at timestamptz, p_id uuid) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('entity', 'submission', 'id', w.id) || case
      when s.id is null then jsonb_build_object('op', 'remove')
      when i.item #> '{content,media,poster}' is null then jsonb_build_object('op', 'put', 'row', i.item)
      else jsonb_build_object('op', 'put', 'row', jsonb_set(i.item, '{content,media,poster}', 'null')) end
    order by w.place), '[]')
  from unnest(p_ids) with ordinality w (id, place)
  left join app.staff_items(p_ids) i on i.id = w.id
  left join app.submissions s on s.id = i.id
    and s.state in ('received', 'in_review', 'correction_requested', 'accepted')
  where s.id is null or (s.received_at, s.id) <= (p_at, p_id)
$$;

-- What an author follows the staff of its convocatoria follow too.
create or replace function app.log_change(p_scope text, p_entity text, p_id text, p_op text default 'put') returns void
language sql volatile set search_path = '' as $$
  insert into app.change_log (scope, entity, id, op) values (p_scope, p_entity, p_id, p_op);
  insert into app.change_log (scope, entity, id, op)
  select 'staff:' || s.convocatoria_id, p_entity, p_id, p_op from app.submissions s
  where p_scope like 'mine:%' and s.id = app.parse_uuid(substr(p_scope, 6));
$$;

create function app.log_deleted_submission() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  perform app.log_change('staff:' || old.convocatoria_id, 'submission', old.id::text, 'remove');
  return null;
end $$;
create trigger log_deleted after delete on app.submissions
  for each row execute function app.log_deleted_submission();

-- With which right who asks reads the queue of a convocatoria; null without any.
create function app.queue_right(p_convocatoria uuid) returns text
language sql stable set search_path = '' as $$
  select case when app.has_role(app.deciders(), c.id) then 'd' when app.has_role(app.readers(), c.id) then 'r' end
  from app.convocatorias c where c.id = p_convocatoria
$$;

-- A page: what changed up to the bound, then up to 100 from behind it while there is room. `partial`: there are
-- more open ones than the phone holds.
create function app.staff_page(p_convocatoria uuid, p_cursor app.cursor, p_right text) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_at timestamptz := coalesce(app.parse_instant(split_part((p_cursor).id, '~', 1)), '-infinity');
  v_id uuid := coalesce(app.parse_uuid(split_part((p_cursor).id, '~', 2)), '00000000-0000-0000-0000-000000000000');
  v_page jsonb := jsonb_build_object('reset', true, 'more', false, 'changes', '[]'::jsonb,
    'cursor', pg_snapshot_xmin(pg_current_snapshot()) || '.0');
  v_changes jsonb;
  v_next app.submissions[] := '{}';
begin
  if (p_cursor).xid is not null then v_page := app.delta_page('staff:' || p_convocatoria, p_cursor); end if;
  v_changes := app.staff_changes(array(select (c.value ->> 'id')::uuid
    from jsonb_array_elements(v_page -> 'changes') with ordinality c order by c.ordinality), v_at, v_id);
  if not (v_page -> 'more')::boolean then
    v_next := array(select o from app.open_after(p_convocatoria, v_at, v_id,
      least(100, greatest(0, 500 - app.count_open_until(p_convocatoria, v_at, v_id)))) o);
  end if;
  if cardinality(v_next) > 0 then
    v_at := v_next[cardinality(v_next)].received_at;
    v_id := v_next[cardinality(v_next)].id;
    v_changes := v_changes || app.staff_changes(array(select n.id from unnest(v_next) n), v_at, v_id);
  end if;
  return v_page || jsonb_build_object('changes', v_changes,
    'more', (v_page -> 'more')::boolean or cardinality(v_next) = 100,
    'partial', exists (select from app.open_after(p_convocatoria, v_at, v_id, 1)),
    'cursor', (v_page ->> 'cursor') || '@' || p_right || '/'
      || case when v_at = '-infinity' then '' else app.page_key(v_at, v_id) end);
end $$;

-- The answer of one convocatoria; `denied` alike for one that is not there and for who may not read it.
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

create or replace function app.pull_scope(p_request jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_cursor app.cursor := app.parse_cursor(app.string_of(p_request, 'cursor'));
  v_id uuid;
  v_scope text := 'public';
  v_head jsonb := jsonb_build_object('scope', p_request -> 'scope', 'status', 'ok');
begin
  if p_request ->> 'scope' = 'staff' then return app.pull_staff(p_request, v_cursor); end if;
  if p_request ->> 'scope' = 'mine' then
    v_id := app.parse_uuid(app.string_of(p_request, 'id'));
    v_head := v_head || jsonb_build_object('id', p_request -> 'id');
    if not app.is_author(v_id, app.string_of(p_request, 'secret')) then
      return v_head || jsonb_build_object('status', 'denied', 'reset', false, 'more', false,
        'cursor', coalesce(app.string_of(p_request, 'cursor'), '0.0'), 'changes', '[]'::jsonb);
    end if;
    v_scope := 'mine:' || v_id;
  elsif p_request ->> 'scope' is distinct from 'public' then
    perform app.refuse('malformed_op', 'scope', 400);
  end if;
  if not app.is_readable(v_cursor) then return v_head || app.snapshot_page(v_scope, null); end if;
  if (v_cursor).entity is not null then return v_head || app.snapshot_page(v_scope, v_cursor); end if;
  return v_head || app.delta_page(v_scope, v_cursor);
end $$;
