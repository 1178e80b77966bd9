-- Applies the ops that phones send. Each op runs in a savepoint and leaves a receipt together with its effect:
-- an op_id has at most one effect, and a repeated op gets the same verdict while its receipt is kept. A
-- transient fault leaves no receipt and asks for a retry.

-- The row of a verdict, or null when the caller may not see it. Authors prove themselves by secret, staff by
-- role.
create function app.row_for(p_kind text, p_entity uuid, p_part uuid, p_secret text) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_kind app.op_kinds;
  v_row jsonb;
begin
  select * into v_kind from app.op_kinds k where k.kind = p_kind;
  if v_kind.actor = 'staff' then
    execute format('select app.%I($1, $2)', v_kind.row_function) into v_row using p_entity, p_part;
  elsif app.is_author(p_entity, p_secret) then
    v_row := app.submission_row(p_entity);
  end if;
  return v_row;
end $$;

-- What a receipt keeps of an op in order to find its row again.
create function app.verdict_keys(p_kind text, p_entity text, p_payload jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_build_object('kind', p_kind, 'entity_id', p_entity, 'part_id',
    (select app.parse_uuid(app.string_of(p_payload, k.part_key)) from app.op_kinds k where k.kind = p_kind));
end $$;

-- The newest transaction in the present row of an entity: the op's own, or a later one that changed the row. A phone
-- shows the row until its cursor has passed that transaction. After a restore into a new database, stored
-- transactions may lie ahead of every cursor, and the phone would show the row forever. So none counts that lies
-- ahead of the present one.
create function app.row_xid(p_entity uuid, p_op_xid xid8) returns text
language plpgsql volatile set search_path = '' as $$
begin
  return greatest(least(p_op_xid, pg_current_xact_id()),
    (select l.xid from app.change_log l where l.scope = 'mine:' || p_entity
      and l.xid < pg_snapshot_xmax(pg_current_snapshot()) order by l.xid desc limit 1))::text;
end $$;

-- A stored verdict as the phone gets it, with the present row and its `xid`. The row is read first: a change that
-- commits between the two makes the phone keep its row longer, never shorter.
create function app.present_verdict(p_op_id uuid, p_verdict jsonb, p_secret text) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  v_row jsonb;
  v_xid text;
begin
  if p_verdict ->> 'status' = 'refused' then
    return jsonb_strip_nulls(jsonb_build_object('op_id', p_op_id, 'status', 'refused', 'code', p_verdict -> 'code',
      'field', p_verdict -> 'field'));
  end if;
  v_row := app.row_for(p_verdict ->> 'kind', (p_verdict ->> 'entity_id')::uuid, (p_verdict ->> 'part_id')::uuid,
    p_secret);
  if v_row is null and p_verdict ->> 'status' = 'conflict' then   -- the caller may no longer see it
    return jsonb_build_object('op_id', p_op_id, 'status', 'refused', 'code', 'not_allowed');
  end if;
  v_xid := app.row_xid((p_verdict ->> 'entity_id')::uuid, (p_verdict ->> 'xid')::xid8);
  return jsonb_build_object('op_id', p_op_id, 'status', p_verdict -> 'status', 'row', v_row, 'xid', v_xid);
end $$;

create function app.retry_verdict(p_op_id text, p_after_ms int, p_code text) returns jsonb
language plpgsql immutable set search_path = '' as $$
begin
  return jsonb_build_object('op_id', p_op_id, 'status', 'retry', 'after_ms', p_after_ms, 'code', p_code);
end $$;

-- Inserts the receipt; false when one exists. Waits for another connection that applies the same op_id.
create function app.take_receipt(p_op_id uuid, p_hash text, p_verdict jsonb) returns boolean
language plpgsql volatile set search_path = '' as $$
begin
  insert into app.op_receipts (op_id, payload_hash, verdict) values (p_op_id, p_hash, p_verdict)
  on conflict (op_id) do nothing;
  return found;
end $$;

-- The stored verdict, whatever the op says now. Another content than the first time is counted.
create function app.replay(p_op_id uuid, p_kind text, p_hash text, p_secret text) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  v_receipt app.op_receipts;
begin
  select * into v_receipt from app.op_receipts r where r.op_id = p_op_id;
  if v_receipt.payload_hash <> p_hash then perform app.note_altered_replay(p_kind); end if;
  return app.present_verdict(v_receipt.op_id, v_receipt.verdict, p_secret);
end $$;

-- Applies one op and leaves its receipt. Raises refusals and `conflict`, which take the receipt back with the effect.
create function app.execute_op(p_op app.op, p_hash text) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  v_kind app.op_kinds;
  v_verdict jsonb := app.verdict_keys(p_op.kind, p_op.entity_id::text, p_op.payload)
    || jsonb_build_object('status', 'applied', 'xid', pg_current_xact_id()::text);
begin
  if not app.take_receipt(p_op.op_id, p_hash, v_verdict) then
    return app.replay(p_op.op_id, p_op.kind, p_hash, p_op.secret);
  end if;
  select * into v_kind from app.op_kinds k where k.kind = p_op.kind;
  if not found then perform app.refuse('unknown_kind', 'kind'); end if;
  if p_op.v > v_kind.max_version then perform app.refuse('unsupported_version', 'v'); end if;
  if v_kind.actor = 'citizen' and p_op.secret is null then perform app.refuse('malformed_op', 'secret'); end if;
  if v_kind.actor = 'staff' and not app.has_role_somewhere(v_kind.roles) then
    perform app.refuse('not_allowed', null, 403);
  end if;
  if v_kind.actor = 'staff' then perform app.note_session(auth.uid()); end if;
  execute format('select app.%I($1)', v_kind.handler) using p_op;
  return app.present_verdict(p_op.op_id, v_verdict, p_op.secret);
end $$;

-- The verdict of an op that raised. Only this project's own PTxxx codes refuse. Every other error asks for a
-- retry, because it may be transient. So does a session that has ended or owes its second factor: the op waits on the
-- phone until its member has signed in.
create function app.settle_failure(p_id text, p_op jsonb, p_hash text, p_state text, p_code text, p_field text)
returns jsonb language plpgsql volatile set search_path = '' as $$
declare
  v_op_id uuid := app.parse_uuid(p_id);
  v_verdict jsonb;
begin
  if p_state = 'PT401' then return app.retry_verdict(p_id, 5000, p_code); end if;
  if p_state not like 'PT%' then
    if p_state = '53400' and p_code = 'convocatoria_paused' then
      return app.retry_verdict(p_id, 300000, p_code);
    end if;
    if left(p_state, 2) in ('40', '53', '57') or p_state = '55P03' then
      return app.retry_verdict(p_id, 1000, 'busy');
    end if;
    raise log 'apply_ops: unexpected % in %', p_state, left(p_op ->> 'kind', 40);   -- without the message: it may quote personal data
    return app.retry_verdict(p_id, 60000, 'server_fault');
  end if;
  v_verdict := case when p_code = 'conflict'
    then app.verdict_keys(p_op ->> 'kind', p_op ->> 'entity_id', p_op -> 'payload') || '{"status": "conflict"}'
    else jsonb_build_object('status', 'refused', 'code', p_code, 'field', nullif(p_field, '')) end;
  if v_op_id is null then
    return jsonb_build_object('op_id', p_id, 'status', 'refused', 'code', p_code)
      || jsonb_strip_nulls(jsonb_build_object('field', nullif(p_field, '')));
  elsif app.take_receipt(v_op_id, p_hash, v_verdict) then
    return app.present_verdict(v_op_id, v_verdict, p_op ->> 'secret');
  end if;
  return app.replay(v_op_id, p_op ->> 'kind', p_hash, p_op ->> 'secret');
exception when others then   -- another transaction holds a lock; nothing was written
  return app.retry_verdict(p_id, 1000, 'busy');
end $$;

-- What an op asks for, as a hash; null for one that cannot be read. The hash of a few answers can be guessed back, so what
-- nothing may link to its sender stands under `unlinked` in the payload and is left out.
create function app.op_hash(p_op jsonb) returns text
language plpgsql immutable set search_path = '' as $$
begin
  return app.sha256_hex(jsonb_build_array(p_op -> 'kind', p_op -> 'entity_id', case when jsonb_typeof(p_op -> 'payload') = 'object'
    then (p_op -> 'payload') - 'unlinked' else p_op -> 'payload' end)::text);
end $$;

-- One op, one verdict. Never raises. The expression spares most ops the search for huge numbers: they have an exponent.
create function app.apply_op(p_op json) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  v_op jsonb := coalesce(app.jsonb_or_null(p_op::text), app.storable(p_op));
  v_known jsonb := v_op;
  v_hash text;
  v_state text;
  v_code text;
  v_field text;
begin
  if p_op::text ~ '\d[eE][+-]?\d\d' and app.has_huge_number(v_known) then
    v_known := jsonb_build_object('op_id', app.string_of(v_known, 'op_id'));
    v_op := null;
    v_field := 'payload';
  end if;
  if v_op is not null then v_hash := app.op_hash(v_op); end if;
  begin
    if v_op is null then perform app.refuse('malformed_op', v_field); end if;
    return app.execute_op(app.parse_op(v_op), v_hash);
  exception when others then
    get stacked diagnostics v_state = returned_sqlstate, v_code = message_text, v_field = pg_exception_detail;
  end;
  return app.settle_failure(app.string_of(v_known, 'op_id'), v_known, v_hash, v_state, v_code, v_field);
end $$;

-- The array of a body {"ops": […]} as it was written, or null. Cuts the text around the array away: `->` would
-- fail on escapes that Postgres cannot store.
create function app.ops_of(p_body json) returns json
language plpgsql immutable set search_path = '' as $$
begin
  return (select case when left(b.body, strpos(b.body, ':')) ~ '^\s*\{\s*"ops"\s*:' and pg_input_is_valid(i.inner, 'json') then i.inner::json end
  from (select rtrim(p_body::text, E' \n\r\t') as body) b,
    lateral (select left(substr(b.body, strpos(b.body, ':') + 1), -1) as inner) i);
end $$;

-- Applies a batch, {"ops": […]}, of at most 50 ops and 256 KB. After 1.5 s of work the remaining ops get
-- `retry`: a statement timeout would roll back the receipts of the whole batch.
-- The parameter has no name, so that PostgREST passes the body unparsed. For named parameters it uses
-- json_to_record, where one NUL escape would fail the call for all other ops.
create function public.apply_ops(json) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '1s' as $$
declare
  v_started timestamptz := clock_timestamp();
  v_ops json;
  v_verdicts jsonb[] := '{}';
  v_op json;
begin
  if octet_length($1::text) > 262144 then perform app.refuse('batch_too_large', null, 413); end if;
  v_ops := app.ops_of($1);
  if json_typeof(v_ops) is distinct from 'array' then perform app.refuse('malformed_op', 'ops', 400); end if;
  if json_array_length(v_ops) > 50 then perform app.refuse('batch_too_large', null, 413); end if;
  for v_op in select e.value from json_array_elements(v_ops) e loop
    v_verdicts := array_append(v_verdicts,
      case when clock_timestamp() - v_started > interval '1.5 seconds'
        then app.retry_verdict(app.string_of(app.storable(v_op), 'op_id'), 0, 'busy')
        else app.apply_op(v_op) end);
  end loop;
  return jsonb_build_object('now', app.now(), 'verdicts', to_jsonb(v_verdicts));
end $$;
grant execute on function public.apply_ops(json) to anon, authenticated;
