-- The heads of the transparency log: one a day, signed by the function `sign`, each with the proof that it extends the one
-- before, and each a file of the public bucket `log-public`. docs/log.md is the format.

create table app.merkle_heads (
  day date primary key,               -- in central Mexico
  size bigint not null check (size > 0),
  root bytea not null check (length(root) = 32),
  consistency bytea not null,         -- with the head before
  text text not null,
  key_id text not null references app.signing_keys,
  signature text not null check (signature ~ '^[0-9a-f]{128}$'),
  kept_at timestamptz not null default app.now(),
  filed_at timestamptz                -- when its file was written
);
alter table app.merkle_heads enable row level security;
comment on table app.merkle_heads is
  'Personal data: none. Readers: everybody. Kept: for the life of the project. Deleted by: nothing.';
create trigger merkle_heads_are_append_only
  before delete or update of day, size, root, consistency, text, key_id, signature, kept_at on app.merkle_heads
  for each row execute function app.refuse_rewriting();
create trigger merkle_heads_are_kept before truncate on app.merkle_heads
  for each statement execute function app.refuse_rewriting();

create function app.newest_head() returns app.merkle_heads
language plpgsql stable set search_path = '' as $$
declare
  v_head app.merkle_heads;
begin
  select * into v_head from app.merkle_heads h order by h.day desc limit 1;
  return v_head;
end $$;

-- The day whose head is due; null while there is none to make. The first minutes of a day wait for what was recorded in the
-- last seconds of the day before: a head has every event of the days before it.
create function app.due_head() returns date
language plpgsql stable set search_path = '' as $$
declare
  v_day date := app.local_day(app.now());
  v_midnight timestamptz := v_day::timestamp at time zone 'America/Mexico_City';
begin
  if app.now() < v_midnight + interval '10 minutes' or app.merkle_size() = 0
    or exists (select from app.merkle_heads h where h.day >= v_day)
    or exists (select from app.unsequenced((select m.settled from app.merkle_state m), 20000) u (seq)
      join app.review_events e on e.seq = u.seq where e.at < v_midnight) then
    return null;
  end if;
  return v_day;
end $$;

-- Whether a whole day passed without the head that was due, or a head has no file after ten minutes: nobody calls the function
-- `sign`, or it refuses.
create function app.is_log_late() returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return (coalesce((app.newest_head()).day < app.local_day(app.now()) - 1, false) and app.due_head() is not null)
    or exists (select from app.merkle_heads h where h.filed_at is null and h.kept_at < app.now() - interval '10 minutes');
end $$;

-- What the head of the day says, `{text, previous: {text, signature}, consistency}`; null while none is due. `previous` is
-- null in the first one.
create function public.take_log_head(p_key text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_day date := app.due_head();
  v_size bigint := app.merkle_size();
  v_last app.merkle_heads := app.newest_head();
begin
  if v_day is null then return null; end if;
  return jsonb_build_object('text', concat_ws(E'\n', 'convoca:log:1', p_key,
      coalesce((select app.one_line(i.name, 120) from app.institution i), ''), v_day,
      to_char(app.now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), v_size, encode(app.merkle_root(0, v_size), 'hex'),
      coalesce(v_last.day::text, ''), coalesce(v_last.size, 0), coalesce(encode(v_last.root, 'hex'), '')),
    'previous', case when v_last.day is not null then jsonb_build_object('text', v_last.text, 'signature', v_last.signature) end,
    'consistency', app.base64url(app.merkle_consistency(coalesce(v_last.size, 0), v_size)));
end $$;
grant execute on function public.take_log_head(text) to service_role;

-- Keeps a signed head. Refuses one that names another root or another head before it than the log has.
create function public.settle_log_head(p_text text, p_signature text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_lines text[] := string_to_array(p_text, E'\n');
  v_size bigint := case when v_lines[6] ~ '^\d{1,15}$' then v_lines[6]::bigint end;
  v_last app.merkle_heads := app.newest_head();
begin
  if v_lines[1] is distinct from 'convoca:log:1' or v_size is null or v_size > app.merkle_size()
    or v_lines[7] is distinct from encode(app.merkle_root(0, v_size), 'hex')
    or v_lines[8] is distinct from coalesce(v_last.day::text, '') or v_lines[4]::date <= v_last.day then
    perform app.refuse('conflict', 'head', 409);
  end if;
  insert into app.merkle_heads (day, size, root, consistency, text, key_id, signature)
  values (v_lines[4]::date, v_size, decode(v_lines[7], 'hex'), app.merkle_consistency(coalesce(v_last.size, 0), v_size), p_text,
    v_lines[2], p_signature);
  return jsonb_build_object('kept', true);
end $$;
grant execute on function public.settle_log_head(text, text) to service_role;

-- A head as its file has it.
create function app.head_file(p_head app.merkle_heads) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_build_object('day', p_head.day, 'text', p_head.text, 'signature', p_head.signature,
    'consistency', app.base64url(p_head.consistency));
end $$;

-- The heads without a file, the oldest first, up to twenty.
create function public.take_log_files() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(app.head_file(d) order by d.day), '[]') from (select h.* from app.merkle_heads h
    where h.filed_at is null order by h.day limit 20) d);
end $$;
grant execute on function public.take_log_files() to service_role;

create function public.settle_log_file(p_day date) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
begin
  update app.merkle_heads h set filed_at = app.now() where h.day = p_day and h.filed_at is null;
  return jsonb_build_object('kept', true);
end $$;
grant execute on function public.settle_log_file(date) to service_role;

insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types) values
  ('log-public', 'log-public', true, 100000, array['application/json'])
on conflict (id) do update set public = excluded.public, file_size_limit = excluded.file_size_limit,
  allowed_mime_types = excluded.allowed_mime_types;
