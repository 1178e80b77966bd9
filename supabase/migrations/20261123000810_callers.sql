-- Who calls, without knowing who. Limits lie on callers: secrets and addresses of mail are free to make, and a limit of a
-- whole campaign would let one caller close it for everybody. A caller is the network it calls from. Many honest people may
-- share one, so no limit of this kind refuses what people send.

create table app.caller_salts (day date primary key, salt text not null);
alter table app.caller_salts enable row level security;
comment on table app.caller_salts is
  'Personal data: none. Readers: the server. Kept: a day. Deleted by: app.sweep_callers.';

create table app.caller_calls (kind text not null, caller text not null, at timestamptz not null default app.now());
create index on app.caller_calls (kind, caller, at);
create index on app.caller_calls (at);
alter table app.caller_calls enable row level security;
comment on table app.caller_calls is
  'Personal data: keyed hash of a network, with a key that nobody keeps longer than a day, or the id of a submission whose'
  ' author chose something. Readers: the server. Kept: an hour. Deleted by: app.sweep_callers.';

-- The network of a text that is an address: IPv6 by /64, which one household or phone has to itself. Null for other text.
create function app.network_of(p_address text) returns inet
language plpgsql immutable set search_path = '' as $$
declare
  v_text text := regexp_replace(trim(p_address), '^::ffff:(\d+\.\d+\.\d+\.\d+)$', '\1', 'i');
begin
  if not pg_input_is_valid(v_text, 'inet') then return null; end if;
  return case when family(v_text::inet) = 6 then network(set_masklen(v_text::inet, 64)) else host(v_text::inet)::inet end;
end $$;

-- The network of the caller as the proxies before this server tell it; null when none does. A caller can write any list
-- into x-forwarded-for, to which proxies append: the last public address is the one that a proxy saw.
create function app.caller_network() returns inet
language plpgsql stable set search_path = '' as $$
declare
  v_headers jsonb := app.jsonb_or_null(nullif(current_setting('request.headers', true), ''));
  v_hops inet[];
begin
  if v_headers ? 'cf-connecting-ip' then return app.network_of(v_headers ->> 'cf-connecting-ip'); end if;
  v_hops := array(select app.network_of(h.text) from regexp_split_to_table(v_headers ->> 'x-forwarded-for', ',')
    with ordinality h (text, place) where app.network_of(h.text) is not null order by h.place desc);
  return coalesce((select h.hop from unnest(v_hops) with ordinality h (hop, place)
    where not h.hop <<= any (array['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '127.0.0.0/8', 'fc00::/7', '::1/128']::inet[])
    order by h.place limit 1), v_hops[1]);
end $$;

-- The caller as a keyed hash, so that it tells two callers of one day apart and names neither; null when no proxy tells it.
create function app.caller_hash() returns text
language plpgsql volatile set search_path = '' as $$
declare
  v_network inet := app.caller_network();
  v_day date := app.local_day(app.now());
  v_salt text;
begin
  if v_network is null then return null; end if;
  select s.salt into v_salt from app.caller_salts s where s.day = v_day;
  if not found then
    insert into app.caller_salts (day, salt) values (v_day, encode(extensions.gen_random_bytes(32), 'hex'))
    on conflict do nothing;
    select s.salt into v_salt from app.caller_salts s where s.day = v_day;
  end if;
  return encode(extensions.hmac(v_network::text, v_salt, 'sha256'), 'hex');
end $$;

-- Notes a call of this kind. Whether the caller made fewer than `p_max` in the hour before. Callers write their own rows
-- only, so none waits for another.
create function app.note_call(p_kind text, p_caller text, p_max int) returns boolean
language plpgsql volatile set search_path = '' as $$
declare
  v_count int := (select count(*) from (select from app.caller_calls c
    where c.kind = p_kind and c.caller = p_caller and c.at > app.now() - interval '1 hour' limit p_max) t);
begin
  insert into app.caller_calls (kind, caller) values (p_kind, p_caller);
  return v_count < p_max;
end $$;

-- Counts a change of what an author chose, each of which her phones pull again: fifty an hour for one submission.
create function app.count_choice(p_submission uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  if not app.note_call('choice', p_submission::text, 50) then perform app.refuse('choices_busy', null, 429); end if;
end $$;

-- Removes calls of more than an hour ago, up to 20,000 a call, and the keys of former days.
create function app.sweep_callers() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_count int;
begin
  delete from app.caller_salts s where s.day < app.local_day(app.now());
  delete from app.caller_calls c where c.ctid = any (array(select o.ctid from app.caller_calls o
    where o.at <= app.now() - interval '1 hour' limit 20000));
  get diagnostics v_count = row_count;
  return v_count;
end $$;

insert into app.due_jobs (position, name, handler) values (62, 'callers_swept', 'sweep_callers');
