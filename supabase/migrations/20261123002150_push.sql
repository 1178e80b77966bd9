-- Notices on a phone (Web Push), for whoever asked for them on the page of a folio. They wait in the queue of letters and leave
-- by its rules: claimed, begun, settled, tried again, given up, quiet at night. They say that something is new and nothing of
-- what: what a push holds passes through the service of the browser's maker.

-- The public key with which browsers subscribe (VAPID, RFC 8292). Null until send-mail has keys.
create table app.push_key (
  singleton boolean primary key default true check (singleton),
  public_key text not null check (public_key ~ '^[A-Za-z0-9_-]{87}$')
);
alter table app.push_key enable row level security;
comment on table app.push_key is
  'Personal data: none. Readers: everybody. Kept: for the life of the project. Deleted by: nothing.';

-- A phone that is told of a submission. One phone may follow several.
create table app.push_targets (
  submission_id uuid not null references app.submissions on delete cascade,
  endpoint_key text not null,
  target jsonb not null,                         -- {endpoint, p256dh, auth}
  at timestamptz not null default app.now(),
  primary key (submission_id, endpoint_key)
);
create index on app.push_targets (endpoint_key);
alter table app.push_targets enable row level security;
comment on table app.push_targets is
  'Personal data: the address of a phone at the push service of its browser, and what encrypts for it. Readers: the server.'
  ' Kept: until its owner ends it, the service says that it is gone, or with the submission. Deleted by: app.end_push.';

create function app.endpoint_key(p_endpoint text) returns text
language plpgsql stable set search_path = '' as $$
begin
  return app.keyed_hash('push:' || p_endpoint);
end $$;

-- Whether an address is one of the push services of Chrome, Firefox, Edge and Safari. The server calls no other: an address
-- comes from a phone, and could name anything in our network.
create function app.is_push_service(p_endpoint text) returns boolean
language plpgsql immutable set search_path = '' as $$
begin
  return coalesce(char_length(p_endpoint) <= 1000 and p_endpoint ~ ('^https://(fcm\.googleapis\.com|updates\.push\.services\.mozilla\.com'
    || '|([a-z0-9-]+\.)+notify\.windows\.com|([a-z0-9-]+\.)*push\.apple\.com)/[A-Za-z0-9_.~:/?=&%+-]+$'), false);
end $$;

-- Keeps the public key that send-mail signs with. Another key ends all subscriptions: services refuse pushes of a key that
-- the browser did not subscribe with.
create function public.keep_push_key(p_key text) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if exists (select from app.push_key k where k.public_key = p_key) then return false; end if;
  delete from app.push_targets t where true;
  insert into app.push_key as k (public_key) values (p_key) on conflict (singleton) do update set public_key = excluded.public_key;
  return true;
end $$;
grant execute on function public.keep_push_key(text) to service_role;

-- Whether this phone is told of a submission, and the key with which a browser subscribes. p_wanted: makes it so, or ends it;
-- null only asks. The folio's secret is the proof. A submission has five phones: the sixth ends the oldest.
create function public.choose_push(p_folio text, p_secret text, p_endpoint text default null, p_p256dh text default null,
  p_auth text default null, p_wanted boolean default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_id uuid := app.own_submission(p_folio, p_secret);
  v_key text := app.endpoint_key(p_endpoint);
begin
  if p_wanted is not null then perform app.count_choice(v_id); end if;
  if p_wanted then
    if not app.is_push_service(p_endpoint) or coalesce(p_p256dh !~ '^[A-Za-z0-9_-]{87}$' or p_auth !~ '^[A-Za-z0-9_-]{22}$', true) then
      perform app.refuse('malformed_op', 'p_endpoint', 400);
    end if;
    insert into app.push_targets as t (submission_id, endpoint_key, target) values (v_id, v_key,
      jsonb_build_object('endpoint', p_endpoint, 'p256dh', p_p256dh, 'auth', p_auth))
    on conflict (submission_id, endpoint_key) do update set target = excluded.target, at = app.now();
    delete from app.push_targets t where t.submission_id = v_id and t.endpoint_key in (select o.endpoint_key
      from app.push_targets o where o.submission_id = v_id order by o.at desc, o.endpoint_key = v_key desc, o.endpoint_key offset 5);
  elsif not p_wanted then
    delete from app.push_targets t where t.submission_id = v_id and t.endpoint_key = v_key;
  end if;
  return jsonb_build_object('key', (select k.public_key from app.push_key k),
    'on', exists (select from app.push_targets t where t.submission_id = v_id and t.endpoint_key = v_key));
end $$;
grant execute on function public.choose_push(text, text, text, text, text, boolean) to anon, authenticated;

-- Queues a push to each phone that follows a submission. It has the class and the term of the letter that tells the same.
create function app.queue_push(p_submission uuid, p_class text, p_send_after timestamptz, p_event uuid default null,
  p_misses timestamptz default null) returns void
language plpgsql volatile set search_path = '' as $$
begin
  insert into app.mail_queue (recipient, address_key, class, subject, body, send_after, submission_id, event_id, misses_at, push)
  select '', t.endpoint_key, p_class, coalesce(i.short_name, ''),
    case when k.formal then 'Hay una novedad en uno de sus envíos.' else 'Hay una novedad en uno de tus envíos.' end,
    p_send_after, s.id, p_event, p_misses, t.target
  from app.submissions s join app.push_targets t on t.submission_id = s.id join app.campaign_kinds k on k.kind = s.kind
  left join app.institution i on true where s.id = p_submission;
end $$;

-- The push that may leave now, or none. All of one phone say the same, so those that are due leave as one, and as many an hour
-- and a day as letters to one address.
create function app.admitted_push(p_mail app.mail_queue) returns app.mail_queue
language plpgsql volatile set search_path = '' as $$
declare
  v_none app.mail_queue;
  v_wait timestamptz := app.letter_wait(p_mail.address_key, false, p_mail.class = 'deadline');
begin
  if v_wait is not null then
    perform app.delay_letters(p_mail.address_key, v_wait);
    return v_none;
  end if;
  delete from app.mail_queue m where m.address_key = p_mail.address_key and m.taken_at is null and m.send_after <= app.now()
    and m.id <> p_mail.id;
  return p_mail;
end $$;

-- Forgets a phone that its push service does not know any more (RFC 8030: 404 or 410), and what waits for it.
create function app.end_push(p_key text) returns void
language plpgsql volatile set search_path = '' as $$
begin
  delete from app.push_targets t where t.endpoint_key = p_key;
  delete from app.mail_queue m where m.address_key = p_key and m.push is not null and m.sent_at is null;
end $$;
