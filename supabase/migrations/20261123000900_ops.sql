-- What an op is: its registry of kinds, its receipt, and how the envelope is read (src/domain/ops.ts).
-- How ops are applied is the next migration.

-- A kind of op is a row; a new campaign adds its own. The handler is app.<handler>(app.op) returns void.
create table app.op_kinds (
  kind text primary key,
  actor text not null check (actor in ('citizen', 'staff')),
  handler text not null,
  max_version int not null default 1,   -- newest payload format; the handler upgrades older ones
  roles text[] not null default app.deciders(),   -- which of the staff may ask it; nothing to a citizen's op
  row_function text not null default 'staff_item_of',   -- of a staff op: app.<name>(entity uuid, part uuid)
    -- returns jsonb, the row its verdict carries, null for who may not see it
  part_key text    -- key of the payload with the id that names the row together with the entity
);
alter table app.op_kinds enable row level security;

-- The verdict holds codes and ids, never a row: {status, code, field, kind, entity_id, part_id, xid}.
create table app.op_receipts (
  op_id uuid primary key,
  payload_hash text not null,
  verdict jsonb,
  received_at timestamptz not null default app.now()
);
create index on app.op_receipts (received_at);
alter table app.op_receipts enable row level security;

create type app.op as (op_id uuid, v int, kind text, entity_id uuid, payload jsonb, captured_at timestamptz,
  secret text, expected_version int);

create function app.jsonb_or_null(p_text text) returns jsonb
language plpgsql immutable set search_path = '' as $$
begin
  return p_text::jsonb;
exception when data_exception or program_limit_exceeded then
  return null;
end $$;

-- The op with every escape that Postgres cannot store (NUL, halves of surrogate pairs) replaced: good
-- enough to find its op_id, never to store.
create function app.storable(p_op json) returns jsonb
language sql immutable set search_path = '' as $$
  select app.jsonb_or_null(regexp_replace(p_op::text, '\\u(0000|[dD][89a-fA-F][0-9a-fA-F]{2})', '\\ufffd', 'g'))
$$;

-- A whole number of the op or payload, or null.
create function app.int_of(p_object jsonb, p_key text) returns int
language sql immutable set search_path = '' as $$
  select case when jsonb_typeof(p_object -> p_key) = 'number' and p_object ->> p_key ~ '^\d{1,9}$'
    then (p_object ->> p_key)::int end
$$;

-- A text of the payload, null where it is absent. Refuses what is neither.
create function app.text_of(p_object jsonb, p_key text) returns text
language plpgsql immutable set search_path = '' as $$
begin
  if coalesce(jsonb_typeof(p_object -> p_key), 'null') not in ('string', 'null') then
    perform app.refuse('malformed_op', p_key);
  end if;
  return p_object ->> p_key;
end $$;

create function app.parse_op(p_op jsonb) returns app.op
language plpgsql stable set search_path = '' as $$
declare
  v_op app.op;
begin
  if jsonb_typeof(p_op) <> 'object' then perform app.refuse('malformed_op'); end if;
  v_op.op_id := app.parse_uuid(app.text_of(p_op, 'op_id'));
  if v_op.op_id is null then perform app.refuse('malformed_op', 'op_id'); end if;
  v_op.kind := app.text_of(p_op, 'kind');
  if v_op.kind is null then perform app.refuse('malformed_op', 'kind'); end if;
  v_op.v := app.int_of(p_op, 'v');
  if coalesce(v_op.v, 0) < 1 then perform app.refuse('malformed_op', 'v'); end if;
  v_op.entity_id := app.parse_uuid(app.text_of(p_op, 'entity_id'));
  if v_op.entity_id is null then perform app.refuse('malformed_op', 'entity_id'); end if;
  v_op.captured_at := app.parse_instant(app.text_of(p_op, 'captured_at'));
  if v_op.captured_at is null then perform app.refuse('malformed_op', 'captured_at'); end if;
  v_op.payload := coalesce(p_op -> 'payload', '{}');
  if jsonb_typeof(v_op.payload) <> 'object' then perform app.refuse('malformed_op', 'payload'); end if;
  v_op.secret := app.text_of(p_op, 'secret');
  v_op.expected_version := app.int_of(p_op, 'expected_version');
  if v_op.expected_version is null and coalesce(jsonb_typeof(p_op -> 'expected_version'), 'null') <> 'null' then
    perform app.refuse('malformed_op', 'expected_version');
  end if;
  return v_op;
end $$;

-- A text of an object, or null for whatever else it is.
create function app.string_of(p_object jsonb, p_key text) returns text
language sql immutable set search_path = '' as $$
  select case when jsonb_typeof(p_object -> p_key) = 'string' then left(p_object ->> p_key, 100) end
$$;
