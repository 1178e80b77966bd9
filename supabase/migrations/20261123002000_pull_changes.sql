-- What phones read: in each scope first a snapshot by keyset pages, then only what changed. A cursor is
-- `<xid>.<seq>`, followed by `@<entity>/<id>` during a first read. Phones compare cursors and read nothing else
-- from them. The functions are stable: one snapshot serves the whole answer, so that the watermark and the
-- rows belong to the same instant.

create type app.cursor as (xid xid8, seq bigint, entity text, id text);

-- The cursor, or null when the text is not one.
create function app.parse_cursor(p_text text) returns app.cursor
language plpgsql immutable set search_path = '' as $$
declare
  v_parts text[] := regexp_match(p_text, '^(\d{1,18})\.(\d{1,18})(?:@([a-z_]{1,40})/(.{0,100}))?$');
begin
  if v_parts is null then return null; end if;
  return row(v_parts[1]::xid8, v_parts[2]::bigint, v_parts[3], v_parts[4])::app.cursor;
end $$;

-- Whether the log still holds everything after this cursor. Without open transactions xmin equals xmax, so a
-- reader who has everything holds the valid cursor `<xmax>.0`. A higher one belongs to another history.
create function app.is_readable(p_cursor app.cursor) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce((p_cursor).xid > s.pruned_to and (
      (p_cursor).xid < pg_snapshot_xmax(pg_current_snapshot())
      or ((p_cursor).xid = pg_snapshot_xmax(pg_current_snapshot()) and (p_cursor).seq = 0)), false)
  from app.sync_state s);
end $$;

-- The present value of an entity in this scope: `put` with its row, or `remove`.
create function app.change_of(p_scope text, p_entity text, p_id text) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_function text;
  v_row jsonb;
begin
  if p_scope = 'public' then
    select e.row_function into v_function from app.public_entities e where e.entity = p_entity;
    if found then execute format('select app.%I($1)', v_function) into v_row using p_id; end if;
  elsif p_scope = 'mine:' || p_id then
    v_row := app.submission_row(p_id::uuid);
  end if;
  if v_row is null then return jsonb_build_object('entity', p_entity, 'id', p_id, 'op', 'remove'); end if;
  return jsonb_build_object('entity', p_entity, 'id', p_id, 'op', 'put', 'row', v_row);
end $$;

-- A page of a first read. Every page keeps the watermark of the first one: later changes follow in the log.
create function app.snapshot_page(p_scope text, p_cursor app.cursor) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_first boolean := (p_cursor).entity is null;
  v_xid xid8 := case when v_first then pg_snapshot_xmin(pg_current_snapshot()) else (p_cursor).xid end;
  v_changes jsonb := '[]';
  v_count int := 0;
  v_place text := '';
  v_key record;
begin
  if p_scope <> 'public' then
    v_changes := jsonb_build_array(app.change_of(p_scope, 'submission', substr(p_scope, 6)));
  else
    for v_key in select k.entity, k.id from app.public_keys((p_cursor).entity, (p_cursor).id) k loop
      v_count := v_count + 1;
      v_changes := v_changes || jsonb_build_array(app.change_of(p_scope, v_key.entity, v_key.id));
      v_place := '@' || v_key.entity || '/' || v_key.id;
    end loop;
  end if;
  return jsonb_build_object('reset', v_first, 'more', v_count = 200, 'changes', v_changes, 'cursor',
    v_xid || '.0' || case when v_count = 200 then v_place else '' end);
end $$;

-- A page of changes after the cursor and below the watermark: up to 500 log rows, and for each entity only its
-- latest.
create function app.delta_page(p_scope text, p_cursor app.cursor) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (with page as (
    select l.xid, l.seq, l.entity, l.id from app.change_log l
    where l.scope = p_scope and (l.xid, l.seq) > ((p_cursor).xid, (p_cursor).seq)
      and l.xid < pg_snapshot_xmin(pg_current_snapshot())
    order by l.xid, l.seq limit 500
  ), latest as (
    select distinct on (p.entity, p.id) p.* from page p order by p.entity, p.id, p.xid desc, p.seq desc
  ), tail as (
    select count(*) = 500 as full, (array_agg(p.xid || '.' || p.seq order by p.xid desc, p.seq desc))[1] as last from page p
  )
  select jsonb_build_object('reset', false, 'more', t.full,
    'cursor', case when t.full then t.last
      else greatest(pg_snapshot_xmin(pg_current_snapshot()), (p_cursor).xid)
        || case when (p_cursor).xid >= pg_snapshot_xmin(pg_current_snapshot()) then '.' || (p_cursor).seq else '.0' end end,
    'changes', coalesce((select jsonb_agg(app.change_of(p_scope, l.entity, l.id) order by l.xid, l.seq)
      from latest l), '[]'))
  from tail t);
end $$;

-- The answer for one scope. Refuses an unknown scope. An unknown id and a wrong secret both answer `denied`.
create function app.pull_scope(p_request jsonb) returns jsonb
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

-- Answers up to 50 scopes from one snapshot, those of many rows once: a call of 1 KB must not read what is public fifty
-- times. `watermark_age` is the age in seconds of the oldest change that
-- an open transaction holds back.
create function public.pull_changes(pulls jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  if jsonb_typeof(pulls) is distinct from 'array' then perform app.refuse('malformed_op', 'pulls', 400); end if;
  if pg_column_size(pulls) > 262144 then perform app.refuse('batch_too_large', null, 413); end if;
  perform app.refuse_huge_numbers(pulls);
  if jsonb_array_length(pulls) > 50 or octet_length(pulls::text) > 65536 then
    perform app.refuse('batch_too_large', null, 413);
  end if;
  if (select count(*) <> count(distinct (p.value ->> 'scope', p.value ->> 'id')) from jsonb_array_elements(pulls) p
    where jsonb_typeof(p.value) = 'object' and p.value ->> 'scope' is distinct from 'mine') then
    perform app.refuse('malformed_op', 'pulls', 400);
  end if;
  return jsonb_build_object('now', app.now(), 'epoch', app.epoch(),
    'watermark_age', coalesce((select extract(epoch from clock_timestamp() - min(l.at)) from app.change_log l
      where l.xid >= pg_snapshot_xmin(pg_current_snapshot())
        and l.xid < pg_snapshot_xmax(pg_current_snapshot())), 0),
    'pulls', coalesce((select jsonb_agg(app.pull_scope(p.value) order by p.ordinality)
      from jsonb_array_elements(pulls) with ordinality p), '[]'));
end $$;
grant execute on function public.pull_changes(jsonb) to anon, authenticated;
