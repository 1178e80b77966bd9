-- What an op is: the registry of kinds, the receipts, and how its envelope is read (src/domain/ops.ts).

-- A kind of op is a row; each campaign kind adds its own. The handler is app.<handler>(app.op) returns void.
create table app.op_kinds (
  kind text primary key,
  actor text not null check (actor in ('citizen', 'staff')),
  handler text not null,
  max_version int not null default 1,   -- the newest payload format; the handler accepts older ones
  roles text[] not null default app.deciders(),   -- the staff roles that may send it; ignored for citizens
  row_function text not null default 'staff_item_of',   -- for staff ops: app.<name>(entity uuid, part uuid)
    -- returns jsonb, the row of the verdict; null when the caller may not see it
  part_key text    -- the payload key whose id, with the entity's, identifies the row
);
alter table app.op_kinds enable row level security;
comment on table app.op_kinds is
  'Personal data: none. Readers: the server. Kept: for the life of the project. Deleted by: nothing.';

-- The verdict of an op: {status, code, field, kind, entity_id, part_id, xid}. It holds codes and ids, never
-- content.
create table app.op_receipts (
  op_id uuid primary key,
  payload_hash text,                    -- of kind, entity and payload; null when they could not be read
  verdict jsonb,
  received_at timestamptz not null default app.now()
);
create index on app.op_receipts (received_at);
create index on app.op_receipts (received_at) where verdict ->> 'status' = 'refused';
alter table app.op_receipts enable row level security;
comment on table app.op_receipts is
  'Personal data: the answer that a phone got. Readers: the phone that sends the same op again. Kept: 180 days; of a'
  ' refused op, a day.'
  ' Deleted by: app.prune_receipts.';

-- Removes receipts older than 180 days, and those of refused ops older than a day: junk is free to send, and an op that was
-- refused had no effect that a repetition could double.
create function app.prune_receipts() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_count int;
begin
  with gone as (
    delete from app.op_receipts r where r.op_id in (
      (select o.op_id from app.op_receipts o where o.received_at < app.now() - interval '180 days' limit 50000)
      union all
      (select o.op_id from app.op_receipts o where o.verdict ->> 'status' = 'refused'
        and o.received_at < app.now() - interval '1 day' limit 20000)) returning 1
  ) select count(*) into v_count from gone;
  delete from app.altered_replays a where a.at < app.now() - interval '30 days';
  return v_count;
end $$;

insert into app.due_jobs (position, name, handler) values (50, 'receipts_pruned', 'prune_receipts');

-- Op ids that came again with another content: a phone with a fault, or somebody who tries. The stored verdict stays the
-- answer. One row a kind, so that nobody fills the table, and the counts are lower bounds.
create table app.altered_replays (
  kind text primary key,                -- 'unknown' for a kind that there is not
  since timestamptz not null default app.now(),
  at timestamptz not null default app.now(),
  times int not null default 1
);
alter table app.altered_replays enable row level security;
comment on table app.altered_replays is
  'Personal data: none. Readers: administrators. Kept: 30 days after the last one. Deleted by: app.prune_receipts.';

-- Counts one. Never waits: while another call counts, this one is left out.
create function app.note_altered_replay(p_kind text) returns void
language plpgsql volatile set search_path = '' as $$
begin
  if not pg_try_advisory_xact_lock(hashtextextended('app.altered_replays', 0)) then return; end if;
  insert into app.altered_replays as a (kind)
  values (coalesce((select k.kind from app.op_kinds k where k.kind = p_kind), 'unknown'))
  on conflict (kind) do update set at = app.now(), times = least(a.times, 2147483646) + 1;
end $$;

create type app.op as (op_id uuid, v int, kind text, entity_id uuid, payload jsonb, captured_at timestamptz,
  secret text, expected_version int);

-- The op with every escape that Postgres cannot store (NUL, halves of surrogate pairs) replaced. Serves to
-- find the op_id of a refused op; its content is never stored.
create function app.storable(p_op json) returns jsonb
language plpgsql immutable set search_path = '' as $$
begin
  return app.jsonb_or_null(regexp_replace(p_op::text, '\\u(0000|[dD][89a-fA-F][0-9a-fA-F]{2})', '\\ufffd', 'g'));
end $$;

-- The op of an envelope. Refuses a malformed one and names the field.
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
