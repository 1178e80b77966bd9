-- «Recuperar mi enlace»: a code sent by e-mail opens what that address submitted. Addresses that submitted
-- nothing get the same answers, so that nobody learns who took part.

create table app.link_codes (
  id bigint generated always as identity primary key,
  address_key text not null,
  code_hash text not null,
  created_at timestamptz not null default app.now(),
  expires_at timestamptz not null,
  attempts int not null default 0,
  used_by text                       -- hash of the seed that used it: only the same phone may repeat the call
);
create index on app.link_codes (address_key, created_at);
alter table app.link_codes enable row level security;
comment on table app.link_codes is
  'Personal data: keyed hash of an address. Readers: the server. Kept: an hour. Deleted by: app.sweep_codes.';

-- The submissions whose link this address may recover: its own, and those that a kind puts in its care.
create function app.recoverable(p_email text) returns setof uuid
language plpgsql stable set search_path = '' as $$
declare
  v_function text;
begin
  return query select c.submission_id from app.contacts c where c.email_key = app.address_key(p_email) and c.email = p_email;
  for v_function in select k.care_function from app.campaign_kinds k where k.care_function is not null loop
    return query execute format('select * from app.%I($1)', v_function) using p_email;
  end loop;
end $$;

-- Sends a code of six digits that is valid for 15 minutes, at most three an hour to one address.
create function public.request_link_code(p_email text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_email text := app.canonical_email(p_email);
  v_key text := app.address_key(v_email);
  v_code text := lpad(((('x' || encode(extensions.gen_random_bytes(4), 'hex'))::bit(32)::bigint) % 1000000)::text, 6, '0');
begin
  if v_email is null then return '{"sent": true}'; end if;
  perform pg_advisory_xact_lock(hashtextextended(v_key, 0));
  if (select count(*) from app.link_codes c
    where c.address_key = v_key and c.created_at > app.now() - interval '1 hour') >= 3 then
    return '{"sent": true}';
  end if;
  insert into app.link_codes (address_key, code_hash, expires_at)
  values (v_key, app.sha256_hex(v_key || v_code), app.now() + interval '15 minutes');
  if exists (select from app.recoverable(v_email))
    and app.letter_wait(v_key, true, false) is null then   -- a code that waits would have expired
    perform app.queue_mail(v_email, 'Tu código para recuperar tu enlace', format(
      E'Tu código es %s\n\nEscríbelo en la aplicación. Vale 15 minutos. Si no lo pediste, no hagas nada: '
      || 'nadie puede ver lo que enviaste sin este código.', v_code), app.now(), p_class => 'asked');
  end if;
  return '{"sent": true}';
end $$;
grant execute on function public.request_link_code(text) to anon, authenticated;

-- A refusal that keeps what the transaction counted, because it does not raise. PostgREST takes the status from
-- response.status; the body has the form that PostgREST gives to `raise sqlstate 'PT…'`.
create function app.answer_refusal(p_code text, p_field text, p_status int) returns jsonb
language plpgsql volatile set search_path = '' as $$
begin
  return jsonb_build_object('code', 'PT' || set_config('response.status', p_status::text, true),
    'message', p_code, 'details', p_field, 'hint', null);
end $$;

-- Adds one secret to each of the newest 100 submissions that exactly this address may recover. A secret follows from the phone's seed,
-- so a repeated call gives the same links.
create function app.renew_links(p_email text, p_seed text) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  v_links jsonb;
begin
  with own as (
    select s.id, s.folio, s.received_at, v.title, left(app.sha256_hex(p_seed || ':' || s.id), 32) as secret
    from app.recoverable(p_email) r join app.submissions s on s.id = r
    join app.convocatorias v on v.id = s.convocatoria_id order by s.received_at desc, s.id limit 100
  ), added as (
    insert into app.access_secrets (submission_id, secret_hash) select o.id, app.sha256_hex(o.secret) from own o
    on conflict do nothing
  )
  select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'folio', o.folio, 'secret', o.secret,
    'convocatoria_title', o.title, 'received_at', o.received_at) order by o.received_at desc, o.id), '[]')
  into v_links from own o;
  return v_links;
end $$;

-- New links to everything that exactly the address of the letter submitted, or has in its care. A phone that lost the answer may repeat the call. A wrong code
-- counts against every valid code of the address; the fifth voids a code.
create function public.recover_links(p_email text, p_code text, p_seed text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_email text := app.canonical_email(p_email);
  v_key text := coalesce(app.address_key(v_email), '');
  v_seed text := app.sha256_hex(coalesce(p_seed, ''));
  v_code app.link_codes;
begin
  if coalesce(p_seed, '') !~ '^[A-Za-z0-9_-]{22}$' then perform app.refuse('malformed_op', 'p_seed', 400); end if;
  perform pg_advisory_xact_lock(hashtextextended(v_key, 0));
  select * into v_code from app.link_codes c
  where c.address_key = v_key and c.expires_at > app.now() and c.attempts < 5
    and c.code_hash = app.sha256_hex(v_key || coalesce(p_code, '')) and coalesce(c.used_by, v_seed) = v_seed
  order by c.id desc limit 1;
  if not found then
    update app.link_codes c set attempts = c.attempts + 1 where c.address_key = v_key and c.expires_at > app.now();
    if (select count(*) > 0 and min(c.attempts) >= 5 from app.link_codes c
      where c.address_key = v_key and c.expires_at > app.now()) then
      return app.answer_refusal('code_exhausted', 'code', 429);
    end if;
    return app.answer_refusal('code_invalid', 'code', 403);
  end if;
  update app.link_codes c set used_by = v_seed where c.id = v_code.id;
  perform app.confirm_address(v_key);   -- whoever read the code reads the mailbox
  return jsonb_build_object('links', app.renew_links(v_email, p_seed));
end $$;
grant execute on function public.recover_links(text, text, text) to anon, authenticated;

-- Removes expired codes an hour after they were made: until then they count towards the hourly limit.
create function app.sweep_codes() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_count int;
begin
  with gone as (
    delete from app.link_codes c where c.expires_at <= app.now() and c.created_at <= app.now() - interval '1 hour' returning 1
  ) select count(*) into v_count from gone;
  return v_count;
end $$;

insert into app.due_jobs (position, name, handler) values (60, 'codes_swept', 'sweep_codes');
